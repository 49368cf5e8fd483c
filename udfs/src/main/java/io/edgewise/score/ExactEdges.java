package io.edgewise.score;

import io.edgewise.graph.ModelGraph;
import java.io.Serializable;
import java.util.BitSet;

/** The edges that exact patching patches. The others aren't measured: their score is 0. */
public sealed interface ExactEdges extends Serializable {

    /** The edges, by their places in the canonical order. */
    BitSet in(ModelGraph graph);

    /** Every edge. */
    record All() implements ExactEdges {
        @Override
        public BitSet in(ModelGraph graph) {
            BitSet edges = new BitSet(graph.edgeCount());
            edges.set(0, graph.edgeCount());
            return edges;
        }
    }

    /**
     * The edges with the highest absolute scores of another method; of equal ones, the first in the canonical order.
     *
     * @param scores of the same graph
     * @param count how many edges
     */
    record Strongest(PruneScores scores, int count) implements ExactEdges {
        public Strongest {
            if (count < 1 || count > scores.size()) {
                throw new IllegalArgumentException(
                        "Edge count must be between 1 and " + scores.size() + ", got " + count);
            }
        }

        @Override
        public BitSet in(ModelGraph graph) {
            if (graph.edgeCount() != scores.size()) {
                throw new IllegalArgumentException(
                        "The graph has " + graph.edgeCount() + " edges, got scores of " + scores.size());
            }
            int[] ranking = scores.ranking();
            BitSet edges = new BitSet(ranking.length);
            for (int rank = 0; rank < count; rank++) {
                edges.set(ranking[rank]);
            }
            return edges;
        }
    }
}
