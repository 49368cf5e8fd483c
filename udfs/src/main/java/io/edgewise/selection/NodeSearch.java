package io.edgewise.selection;

import io.edgewise.graph.NodePaths;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A search for the nodes whose {@link Filling} has the largest total, by steps that each improve it: a node more or less, the two ends of
 * a strong edge more, or one node in place of another. The time counts from when there is a circuit on.
 */
final class NodeSearch {
    /** How many of the strongest edges a circuit may be given the ends of, for each edge that it has. */
    private static final int TRIED_PER_EDGE = 4;

    private final RankedGraph graph;
    private final NodePaths paths;
    private final Filling filling;
    private final Deadline deadline;
    private final int tried;
    private double best;
    private boolean isCircuit;

    NodeSearch(RankedGraph graph, int size, Deadline deadline) {
        this.graph = graph;
        this.deadline = deadline;
        paths = graph.paths();
        filling = new Filling(graph, size);
        tried = (int) Math.min(graph.size(), (long) TRIED_PER_EDGE * size);
    }

    /** The nodes at the ends of the strongest edges, and the start. */
    boolean[] ofStrongest(int count) {
        boolean[] nodes = new boolean[graph.sourceCount()];
        nodes[0] = true;
        for (int rank = 0; rank < count; rank++) {
            addEnds(rank, nodes);
        }
        return nodes;
    }

    private void addEnds(int rank, boolean[] nodes) {
        nodes[graph.source(rank)] = true;
        int destination = graph.destination(rank);
        for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
            nodes[fed] = true;
        }
    }

    /**
     * Improves nodes until no step does, or the time is over.
     *
     * @return the ranks of the edges of the circuit between the last nodes; null where there is none of the size
     */
    @Nullable
    BitSet improve(boolean[] start) {
        boolean[] nodes = start.clone();
        best = Double.NEGATIVE_INFINITY;
        isCircuit = false;
        keepIfBetter(nodes, nodes);
        double before;
        do {
            before = best;
            for (int node = 0; node < nodes.length && !isOver(); node++) {
                boolean[] changed = nodes.clone();
                changed[node] = !changed[node];
                keepIfBetter(changed, nodes);
            }
            for (int rank = 0; rank < tried && !isOver(); rank++) {
                if (!hasEnds(rank, nodes)) {
                    boolean[] more = nodes.clone();
                    addEnds(rank, more);
                    keepIfBetter(more, nodes);
                }
            }
            if (best == before) {
                swap(nodes);
            }
        } while (best > before && !isOver());
        filling.fill(nodes);
        return filling.isCircuit() ? filling.ranks() : null;
    }

    /** Puts one node in place of another. */
    private void swap(boolean[] nodes) {
        for (int out = 0; out < nodes.length; out++) {
            for (int in = 0; in < nodes.length && nodes[out] && !isOver(); in++) {
                if (!nodes[in]) {
                    boolean[] changed = nodes.clone();
                    changed[out] = false;
                    changed[in] = true;
                    keepIfBetter(changed, nodes);
                }
            }
        }
    }

    private void keepIfBetter(boolean[] changed, boolean[] nodes) {
        double value = filling.fill(changed);
        if (value > best) {
            best = value;
            isCircuit = filling.isCircuit();
            System.arraycopy(changed, 0, nodes, 0, nodes.length);
        }
    }

    private boolean hasEnds(int rank, boolean[] nodes) {
        int destination = graph.destination(rank);
        boolean hasEnds = nodes[graph.source(rank)];
        for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
            hasEnds &= nodes[fed];
        }
        return hasEnds;
    }

    private boolean isOver() {
        return isCircuit && deadline.isOver();
    }
}
