package io.edgewise.jobs.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** AutoCircuit's data set file: {@code {"prompts": [...], "seq_labels": [...], "word_idxs": {...}}}. */
public final class AutoCircuitJson {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(20).build())
            .build());

    private AutoCircuitJson() {}

    /** The JSON text of every prompt, one at a time off the stream; what is wrong with one is found out later. */
    public static List<String> prompts(String uri) {
        Path path = Hadoop.qualified(uri);
        try (InputStream in = Hadoop.fileSystem(path).open(path);
                JsonParser json = JSON.getFactory().createParser(in)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw wanted(uri);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isPrompts = json.currentName().equals("prompts");
                JsonToken value = json.nextToken();
                if (isPrompts && value == JsonToken.START_ARRAY) {
                    return elements(json);
                }
                json.skipChildren();
            }
            throw wanted(uri);
        } catch (JsonProcessingException e) {
            throw new InputException(
                    "Not JSON: " + uri + " line " + e.getLocation().getLineNr() + ", " + e.getOriginalMessage()
                            + "; --prompts wants AutoCircuit JSON, JSONL or Parquet",
                    e);
        } catch (IOException e) {
            throw new InputException("Could not read " + uri + ": " + e.getMessage(), e);
        }
    }

    /** What the tokens at each position are called; empty where the file doesn't say or isn't of this kind. */
    public static List<String> seqLabels(String uri) {
        Path path = Hadoop.qualified(uri);
        try (InputStream in = Hadoop.fileSystem(path).open(path);
                JsonParser json = JSON.getFactory().createParser(in)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return List.of();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isLabels = json.currentName().equals("seq_labels");
                JsonToken value = json.nextToken();
                if (isLabels && value == JsonToken.START_ARRAY) {
                    List<String> labels = new ArrayList<>();
                    JSON.<JsonNode>readTree(json).forEach(label -> labels.add(label.asText()));
                    return labels;
                }
                json.skipChildren();
            }
            return List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<String> elements(JsonParser json) throws IOException {
        List<String> prompts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            prompts.add(JSON.readTree(json).toString());
        }
        return prompts;
    }

    private static InputException wanted(String uri) {
        return new InputException("No list of prompts in " + uri
                + "; --prompts wants AutoCircuit's {\"prompts\": [{\"clean\", \"corrupt\", \"answers\","
                + " \"wrong_answers\"}, ...]}");
    }
}
