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
import io.edgewise.score.PruneScores;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.Path;

/**
 * A reader of EAP-IG's graph file, {@code {"cfg": {...}, "nodes": {...}, "edges": {"a0.h1->m1": {"score": 0.1, "in_graph": true}, ...}}}.
 * It reads one edge at a time from the stream. Where no edge has a score, the edges in the graph have score 1 and the others 0.
 */
final class MibFile {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build());

    private final String name;
    private final MibGraph graph;
    private final MibEdges edges;

    private MibFile(String name, MibGraph graph) {
        this.name = name;
        this.graph = graph;
        this.edges = new MibEdges(name, graph);
    }

    /** @throws InputException where it is broken, has no score for an edge, or is of another graph */
    static PruneScores read(Path file, TransformerConfig config, GraphSpec spec) {
        MibFile reader = new MibFile(file.toString(), MibGraph.of(config, spec));
        try (InputStream in = Hadoop.fileSystem(file).open(file);
                JsonParser json = JSON.getFactory().createParser(in)) {
            reader.read(json);
        } catch (JsonProcessingException e) {
            throw new InputException("Not JSON: " + file + ", " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new InputException("Could not read " + file + ": " + e.getMessage(), e);
        }
        return reader.edges.scores();
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
                case "nodes" -> checkNodes(JSON.readTree(json));
                case "edges" -> readEdges(json);
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

    private void checkNodes(JsonNode nodes) {
        nodes.properties().forEach(node -> {
            if (node.getValue().has("neurons")) {
                throw new InputException(name + " has neurons of node " + node.getKey() + "; wanted scores of edges");
            }
        });
    }

    private void readEdges(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new InputException(name + " has no edges by name; wanted {\"edges\": {\"input->a0.h0<q>\": {...}}}");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String edge = json.currentName();
            json.nextToken();
            edges.add(edge, JSON.readTree(json));
        }
    }
}
