package io.edgewise.jobs.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.graph.LiveEdges;
import io.edgewise.graph.SourceNode;
import io.edgewise.jobs.input.MibGraph;
import io.edgewise.score.PruneScores;
import java.io.IOException;
import java.io.OutputStream;
import java.util.BitSet;
import java.util.Map;

/**
 * A writer of EAP-IG's graph file, {@code {"cfg", "nodes", "edges"}}. An infinite score is written as Python writes it.
 *
 * @param divisor the number that scores are divided by
 */
record MibWriter(MibGraph graph, PruneScores scores, double divisor) {
    private static final ObjectMapper JSON = new ObjectMapper(
            JsonFactory.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build());

    /** @param circuit the edges that are in the graph; edges that don't lead to the end are left out, as in EAP-IG */
    void write(BitSet circuit, OutputStream out) throws IOException {
        LiveEdges live = LiveEdges.of(graph.graph(), circuit);
        JsonGenerator json = begin(graph, out);
        json.writeObjectFieldStart("nodes");
        for (SourceNode source : graph.graph().sources()) {
            node(json, graph.node(source), live.sources().get(source.index()));
        }
        node(json, "logits", true);
        json.writeEndObject();
        json.writeObjectFieldStart("edges");
        for (int edge = 0; edge < scores.size(); edge++) {
            edge(
                    json,
                    graph.edge(edge),
                    scores.get(edge) / divisor,
                    live.edges().get(edge));
        }
        json.writeEndObject();
        json.writeEndObject();
        json.flush();
    }

    /** Begins a file with the facts about the model. */
    static JsonGenerator begin(MibGraph graph, OutputStream out) throws IOException {
        JsonGenerator json = JSON.getFactory().createGenerator(out);
        json.writeStartObject();
        json.writeObjectFieldStart("cfg");
        for (Map.Entry<String, Object> fact : graph.cfg().entrySet()) {
            json.writeObjectField(fact.getKey(), fact.getValue());
        }
        json.writeEndObject();
        return json;
    }

    static void edge(JsonGenerator json, String name, double score, boolean isInGraph) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("score", score);
        json.writeBooleanField("in_graph", isInGraph);
        json.writeEndObject();
    }

    static void node(JsonGenerator json, String name, boolean isInGraph) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeBooleanField("in_graph", isInGraph);
        json.writeEndObject();
    }
}
