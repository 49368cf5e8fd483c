package io.edgewise.jobs.export;

import com.fasterxml.jackson.core.JsonGenerator;
import io.edgewise.graph.Level;
import io.edgewise.graph.LiveEdges;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.jobs.input.MibGraph;
import io.edgewise.score.NodeScores;
import java.io.IOException;
import java.io.OutputStream;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A writer of EAP-IG's graph file with scores of nodes or neurons. A node has one score, or its neurons' scores and which
 * {@code neurons} are in the graph; edges have score 0, and are in the graph where their node is. EAP-IG reads the neurons of all heads of a
 * block from each of its heads, so each has the lists of all.
 *
 * @param divisor the number that scores are divided by
 */
record MibNodeWriter(MibGraph graph, NodeScores scores, double divisor) {

    /** @param circuit the nodes or neurons that are in the graph; nodes that don't lead to the end are left out, as in EAP-IG */
    void write(BitSet circuit, OutputStream out) throws IOException {
        ModelGraph whole = scores.graph();
        BitSet edges = new BitSet();
        for (int edge = 0; edge < whole.edgeCount(); edge++) {
            edges.set(edge, isIn(circuit, whole.edge(edge).source().index()));
        }
        LiveEdges live = LiveEdges.of(whole, edges);
        JsonGenerator json = MibWriter.begin(graph, out);
        json.writeObjectFieldStart("nodes");
        for (SourceNode source : whole.sources()) {
            json.writeObjectFieldStart(graph.node(source));
            json.writeBooleanField("in_graph", live.sources().get(source.index()));
            if (scores.level() == Level.NODE) {
                json.writeNumberField("score", scores.get(source.index()) / divisor);
            } else {
                neurons(
                        json,
                        source,
                        "neurons",
                        place -> circuit.get(place) && live.sources().get(place / scores.width()));
                neurons(json, source, "neurons_scores", null);
            }
            json.writeEndObject();
        }
        MibWriter.node(json, "logits", true);
        json.writeEndObject();
        json.writeObjectFieldStart("edges");
        for (int edge = 0; edge < whole.edgeCount(); edge++) {
            MibWriter.edge(json, graph.edge(edge), 0, live.edges().get(edge));
        }
        json.writeEndObject();
        json.writeEndObject();
        json.flush();
    }

    private boolean isIn(BitSet circuit, int source) {
        int first = circuit.nextSetBit(source * scores.width());
        return first >= 0 && first < (source + 1) * scores.width();
    }

    /** A list of a node's neurons, or of those of all heads of its block. */
    private void neurons(JsonGenerator json, SourceNode source, String field, @Nullable IntPredicate marks)
            throws IOException {
        json.writeArrayFieldStart(field);
        if (source.kind() == SourceNode.Kind.HEAD) {
            List<SourceNode> heads = scores.graph().sources(source.kind(), source.block());
            for (SourceNode head : heads) {
                json.writeStartArray();
                neurons(json, head, marks);
                json.writeEndArray();
            }
        } else {
            neurons(json, source, marks);
        }
        json.writeEndArray();
    }

    private void neurons(JsonGenerator json, SourceNode source, @Nullable IntPredicate marks) throws IOException {
        int first = source.index() * scores.width();
        for (int place = first; place < first + scores.width(); place++) {
            if (marks == null) {
                json.writeNumber(scores.get(place) / divisor);
            } else {
                json.writeBoolean(marks.test(place));
            }
        }
    }
}
