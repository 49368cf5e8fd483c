package io.edgewise.selection;

import io.edgewise.InputException;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.NodePaths;
import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A graph whose positions share edges, as arrays, with its edges ranked by strength. An edge is known by its rank: the strongest is 0.
 * Destinations are numbered as in {@link NodePaths}, sources by their index.
 */
final class RankedGraph {
    private final NodePaths paths;
    private final int sourceCount;
    private final int destinationCount;
    private final int[] edges;
    private final double[] strengths;
    private final int[] sources;
    private final int[] destinations;

    private RankedGraph(ModelGraph graph, double[] strengths) {
        paths = NodePaths.of(graph);
        sourceCount = graph.sources().size();
        destinationCount = graph.destinationCount();
        edges = IntStream.range(0, strengths.length)
                .boxed()
                .sorted(Comparator.comparingDouble(edge -> -strengths[edge]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] sourceOf = new int[edges.length];
        int[] destinationOf = new int[edges.length];
        int firstRow = 0;
        for (DestinationModule module : graph.modules()) {
            for (int place = 0; place < module.edges(); place++) {
                sourceOf[module.offset() + place] = module.firstSource() + place % module.sources();
                destinationOf[module.offset() + place] = firstRow + place / module.sources();
            }
            firstRow += module.destinations();
        }
        this.strengths = new double[edges.length];
        sources = new int[edges.length];
        destinations = new int[edges.length];
        for (int rank = 0; rank < edges.length; rank++) {
            this.strengths[rank] = strengths[edges[rank]];
            sources[rank] = sourceOf[edges[rank]];
            destinations[rank] = destinationOf[edges[rank]];
        }
    }

    /** @throws InputException where edges have token positions, or a strength is not finite */
    static RankedGraph of(ModelGraph graph, double[] strengths) {
        if (graph.spec().seqLen() != null) {
            throw new InputException("Connected circuits want edges that all token positions share, got edges of "
                    + graph.positions() + " positions; score without --seq-len");
        }
        if (strengths.length != graph.edgeCount()) {
            throw new IllegalArgumentException(
                    "Wanted a strength for each of " + graph.edgeCount() + " edges, got " + strengths.length);
        }
        for (int edge = 0; edge < strengths.length; edge++) {
            if (!Double.isFinite(strengths[edge])) {
                throw new InputException("Connected circuits want finite scores, which they add up, got "
                        + strengths[edge] + " for " + graph.edge(edge).name() + "; give scores by another method");
            }
        }
        return new RankedGraph(graph, strengths);
    }

    /** How many edges. */
    int size() {
        return edges.length;
    }

    int sourceCount() {
        return sourceCount;
    }

    int destinationCount() {
        return destinationCount;
    }

    NodePaths paths() {
        return paths;
    }

    /** The largest strength there is, by its absolute value. */
    double largest() {
        return Math.max(Math.abs(strengths[0]), Math.abs(strengths[strengths.length - 1]));
    }

    /** The sum of some edges' strengths. */
    double total(BitSet ranks) {
        return ranks.stream().mapToDouble(this::strength).sum();
    }

    /** The edge's place in the canonical order. */
    int edge(int rank) {
        return edges[rank];
    }

    double strength(int rank) {
        return strengths[rank];
    }

    int source(int rank) {
        return sources[rank];
    }

    int destination(int rank) {
        return destinations[rank];
    }
}
