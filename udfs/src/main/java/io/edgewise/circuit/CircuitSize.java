package io.edgewise.circuit;

import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.ModelGraph;
import io.edgewise.score.NodeScores;
import java.util.function.IntPredicate;

/**
 * How large a circuit of nodes or neurons is in nodes and edges. A node is in where any of its neurons is, and all edges out of it are.
 *
 * @param nodes how many nodes are in
 * @param edges how many edges run out of them
 * @param weightedEdges the same, each edge counted as the share of its node's neurons that are in; EAP-IG's weighted edge count
 */
public record CircuitSize(int nodes, int edges, double weightedEdges) {

    /** The size of a circuit by scores of nodes or neurons. */
    public static CircuitSize of(NodeScores scores, Circuit circuit) {
        int[] outgoing = outgoing(scores.graph());
        IntPredicate inCircuit = circuit.of(scores);
        int nodes = 0;
        int edges = 0;
        long kept = 0;
        for (int source = 0; source < outgoing.length; source++) {
            int in = 0;
            for (int place = source * scores.width(); place < (source + 1) * scores.width(); place++) {
                in += inCircuit.test(place) ? 1 : 0;
            }
            nodes += in > 0 ? 1 : 0;
            edges += in > 0 ? outgoing[source] : 0;
            kept += (long) in * outgoing[source];
        }
        return new CircuitSize(nodes, edges, (double) kept / scores.width());
    }

    /** How many edges run out of each source. */
    private static int[] outgoing(ModelGraph graph) {
        int[] outgoing = new int[graph.sources().size()];
        for (DestinationModule module : graph.modules()) {
            for (int source = 0; source < module.sources(); source++) {
                outgoing[module.firstSource() + source] += module.destinations();
            }
        }
        return outgoing;
    }
}
