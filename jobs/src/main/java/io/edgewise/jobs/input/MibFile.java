package io.edgewise.jobs.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.InputException;
import io.edgewise.graph.GraphSpec;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.score.RankedScores;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BiConsumer;
import org.apache.hadoop.fs.Path;

/**
 * A reader of EAP-IG's graph file, {@code {"cfg": {...}, "nodes": {...}, "edges": {"a0.h1->m1": {"score": 0.1, "in_graph": true}, ...}}}.
 * It reads one edge at a time from the stream. Where no edge has a score, the edges in the graph have score 1 and the others 0. Where nodes have
 * a {@code score}, or {@code neurons_scores}, the scores are those of nodes or neurons.
 */
final class MibFile {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build());

    private final String name;
    private final MibGraph graph;
    private final MibEdges edges;
    private final MibNodes nodes;

    private MibFile(String name, MibGraph graph) {
        this.name = name;
        this.graph = graph;
        this.edges = new MibEdges(name, graph);
        this.nodes = new MibNodes(name, graph);
    }

    /** @throws InputException where it is broken, has no score for an edge, or is of another graph */
    static RankedScores read(Path file, TransformerConfig config, GraphSpec spec) {
        MibFile reader = new MibFile(file.toString(), MibGraph.of(config, spec));
        try (InputStream in = Hadoop.fileSystem(file).open(file);
                JsonParser json = JSON.getFactory().createParser(in)) {
            reader.read(json);
        } catch (JsonProcessingException e) {
            throw new InputException("Not JSON: " + file + ", " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new InputException("Could not read " + file + ": " + e.getMessage(), e);
        }
        return reader.nodes.areScored() ? reader.nodes.scores() : reader.edges.scores();
    }

    private void read(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new InputException(name + " is no JSON object; wanted EAP-IG's {\"cfg\", \"nodes\", \"edges\"}");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String part = json.currentName();
            json.nextToken();
            switch (part) {
                case "cfg" -> checkModel(JSON.readTree(json));
                case "nodes" -> readEach(json, "nodes", "a0.h0", nodes::add);
                case "edges" -> readEach(json, "edges", "input->a0.h0<q>", edges::add);
                default -> json.skipChildren();
            }
        }
    }

    private void checkModel(JsonNode cfg) {
        JsonNode own = JSON.valueToTree(graph.cfg());
        own.properties().forEach(fact -> {
            JsonNode given = cfg.path(fact.getKey());
            if (!given.isMissingNode() && !given.equals(fact.getValue())) {
                throw new InputException(name + " is of a model with " + fact.getKey() + " " + given
                        + "; this model has " + fact.getValue() + ": give the scores of this model");
            }
        });
    }

    private void readEach(JsonParser json, String part, String example, BiConsumer<String, JsonNode> add)
            throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new InputException(
                    name + " has no " + part + " by name; wanted {\"" + part + "\": {\"" + example + "\": {...}}}");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String one = json.currentName();
            json.nextToken();
            add.accept(one, JSON.readTree(json));
        }
    }
}
