package io.edgewise.jobs.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.InputException;
import io.edgewise.jobs.files.Hadoop;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.hadoop.fs.Path;

/**
 * A reader of EAP-IG's graph file, {@code {"cfg": {...}, "nodes": {...}, "edges": {"a0.h1->m1": {"score": 0.1, "in_graph": true}, ...}}}.
 * It reads one node or edge at a time from the stream.
 */
public final class MibJson {
    private static final String CFG = "cfg";
    private static final int LEAST_BYTES_OF_EDGE = 20;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build());

    /** A collector of what a file has, in the file's order. */
    public interface Parts {
        /** Takes the facts about the model. */
        void cfg(JsonNode cfg);

        /** Takes a node with its facts. */
        void node(String name, JsonNode facts);

        /** Takes an edge with its facts. */
        void edge(String name, JsonNode facts);
    }

    private MibJson() {}

    /**
     * Reads a file into collectors.
     *
     * @throws InputException where it is broken, or a collector refuses a part
     */
    public static void read(Path file, List<? extends Parts> collectors) {
        try (InputStream in = Hadoop.fileSystem(file).open(file);
                JsonParser json = JSON.getFactory().createParser(in)) {
            begin(json, file);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String part = json.currentName();
                json.nextToken();
                switch (part) {
                    case CFG -> {
                        JsonNode cfg = JSON.readTree(json);
                        collectors.forEach(parts -> parts.cfg(cfg));
                    }
                    case "nodes" ->
                        readEach(
                                json,
                                file,
                                part,
                                "a0.h0",
                                (name, facts) -> collectors.forEach(parts -> parts.node(name, facts)));
                    case "edges" ->
                        readEach(
                                json,
                                file,
                                part,
                                "input->a0.h0<q>",
                                (name, facts) -> collectors.forEach(parts -> parts.edge(name, facts)));
                    default -> json.skipChildren();
                }
            }
        } catch (JsonProcessingException e) {
            throw notJson(file, e);
        } catch (IOException e) {
            throw notReadable(file, e);
        }
    }

    /**
     * The shape of the model that a file is of.
     *
     * @throws InputException where it doesn't say, or is too short to name the edges of such a model
     */
    public static MibShape shape(Path file) {
        try (InputStream in = Hadoop.fileSystem(file).open(file);
                JsonParser json = JSON.getFactory().createParser(in)) {
            begin(json, file);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isCfg = json.currentName().equals(CFG);
                json.nextToken();
                if (isCfg) {
                    MibShape shape = MibShape.of(JSON.readTree(json), file.toString());
                    long bytes = Hadoop.fileSystem(file).getFileStatus(file).getLen();
                    if (shape.edges() * LEAST_BYTES_OF_EDGE > bytes) {
                        throw new InputException(file + " has " + bytes
                                + " bytes, too few for the edges of a model with " + shape.layers() + " layers of "
                                + shape.heads() + " heads: give the whole file");
                    }
                    return shape;
                }
                json.skipChildren();
            }
        } catch (JsonProcessingException e) {
            throw notJson(file, e);
        } catch (IOException e) {
            throw notReadable(file, e);
        }
        throw new InputException(file + " has no cfg; wanted EAP-IG's {\"cfg\", \"nodes\", \"edges\"}");
    }

    private static void begin(JsonParser json, Path file) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new InputException(file + " is no JSON object; wanted EAP-IG's {\"cfg\", \"nodes\", \"edges\"}");
        }
    }

    private static void readEach(
            JsonParser json, Path file, String part, String example, BiConsumer<String, JsonNode> add)
            throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new InputException(
                    file + " has no " + part + " by name; wanted {\"" + part + "\": {\"" + example + "\": {...}}}");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String one = json.currentName();
            json.nextToken();
            add.accept(one, JSON.readTree(json));
        }
    }

    private static InputException notJson(Path file, JsonProcessingException e) {
        return new InputException("Not JSON: " + file + ", " + e.getOriginalMessage(), e);
    }

    private static InputException notReadable(Path file, IOException e) {
        return new InputException("Could not read " + file + ": " + e.getMessage(), e);
    }
}
