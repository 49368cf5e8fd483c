package io.edgewise.jobs.input;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.json.StrictJson;
import io.edgewise.prompt.PromptText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/** AutoCircuit's data set file, {@code {"prompts": [...], "seq_labels": [...], "word_idxs": {...}}}, or a list of prompts. */
public final class AutoCircuitJson {
    private AutoCircuitJson() {}

    /**
     * The JSON text of every prompt, read one at a time. Prompts themselves are checked later, when they are parsed.
     *
     * @throws InputException where the file can't be read to its end or has no list of prompts
     */
    public static List<PromptText> prompts(String uri) {
        try (InputStream in = new TextFile(uri).openWhole();
                JsonParser json = StrictJson.parser(in)) {
            return prompts(json, uri);
        } catch (CharacterCodingException e) {
            throw new InputException(
                    "Not UTF-8: " + uri + "; --prompts wants AutoCircuit JSON, JSONL, Parquet or CSV", e);
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            throw new InputException(
                    "Not JSON: " + uri + (location == null ? "" : " line " + location.getLineNr()) + ", "
                            + e.getOriginalMessage() + "; --prompts wants AutoCircuit JSON, JSONL, Parquet or CSV",
                    e);
        } catch (IOException e) {
            throw new InputException("Could not read " + uri + ": " + e.getMessage(), e);
        }
    }

    /** The labels of the token positions; empty where the file has none or isn't of this kind. */
    public static List<String> seqLabels(String uri) {
        try (InputStream in = new TextFile(uri).open();
                JsonParser json = StrictJson.parser(in)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return List.of();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isLabels = json.currentName().equals("seq_labels");
                JsonToken value = json.nextToken();
                if (isLabels && value == JsonToken.START_ARRAY) {
                    List<String> labels = new ArrayList<>();
                    json.<JsonNode>readValueAsTree().forEach(label -> labels.add(label.asText()));
                    return labels;
                }
                json.skipChildren();
            }
            return List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Reads to the end, so that a file that is cut off after its prompts isn't taken for a whole one. */
    private static List<PromptText> prompts(JsonParser json, String uri) throws IOException {
        JsonToken first = json.nextToken();
        List<PromptText> prompts = first == JsonToken.START_ARRAY ? elements(json) : null;
        if (prompts == null && first != JsonToken.START_OBJECT) {
            throw wanted(uri);
        }
        while (first == JsonToken.START_OBJECT && json.nextToken() == JsonToken.FIELD_NAME) {
            boolean isPrompts = json.currentName().equals("prompts");
            if (json.nextToken() == JsonToken.START_ARRAY && isPrompts) {
                prompts = elements(json);
            }
            json.skipChildren();
        }
        if (prompts == null || json.nextToken() != null) {
            throw wanted(uri);
        }
        return prompts;
    }

    private static List<PromptText> elements(JsonParser json) throws IOException {
        List<PromptText> prompts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            prompts.add(PromptText.of(json.readValueAsTree().toString()));
        }
        return prompts;
    }

    private static InputException wanted(String uri) {
        return new InputException("No list of prompts in " + uri
                + "; --prompts wants AutoCircuit's {\"prompts\": [{\"clean\", \"corrupt\", \"answers\","
                + " \"wrong_answers\"}, ...]}, or the list alone");
    }
}
