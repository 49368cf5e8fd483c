package io.edgewise.selection;

import io.edgewise.graph.NodePaths;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A search for the nodes whose {@link Filling} has the largest total, by single steps that each improve it: a node more or less, or the
 * two ends of a strong edge more.
 */
final class NodeSearch {
    private final RankedGraph graph;
    private final NodePaths paths;
    private final Filling filling;
    private final Deadline deadline;
    private final int strongest;
    private boolean isCircuit;

    NodeSearch(RankedGraph graph, int size, Deadline deadline) {
        this.graph = graph;
        this.deadline = deadline;
        paths = graph.paths();
        filling = new Filling(graph, size);
        strongest = Math.min(graph.size(), 4 * size);
    }

    /** The nodes at the ends of the strongest edges. */
    boolean[] ofStrongest(int count) {
        boolean[] nodes = new boolean[graph.sourceCount()];
        nodes[0] = true;
        for (int rank = 0; rank < count; rank++) {
            nodes[graph.source(rank)] = true;
            add(graph.destination(rank), nodes);
        }
        return nodes;
    }

    private void add(int destination, boolean[] nodes) {
        for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
            nodes[fed] = true;
        }
    }

    /** Improves nodes until no step does, or the time is over. */
    void improve(boolean[] nodes) {
        double best = filling.fill(nodes);
        isCircuit |= filling.isCircuit();
        double before;
        do {
            before = best;
            for (int source = 0; source < nodes.length && !isOver(); source++) {
                nodes[source] = !nodes[source];
                double value = filling.fill(nodes);
                if (value > best) {
                    best = value;
                    isCircuit |= filling.isCircuit();
                } else {
                    nodes[source] = !nodes[source];
                }
            }
            best = withEnds(nodes, best);
        } while (best > before && !isOver());
    }

    /** Whether to leave it at what was found: not before it is a circuit. */
    private boolean isOver() {
        return isCircuit && deadline.isOver();
    }

    /** Adds the ends of strong edges where that is better. */
    private double withEnds(boolean[] nodes, double before) {
        double best = before;
        for (int rank = 0; rank < strongest && !isOver(); rank++) {
            boolean[] more = nodes.clone();
            more[graph.source(rank)] = true;
            add(graph.destination(rank), more);
            if (!Arrays.equals(more, nodes)) {
                double value = filling.fill(more);
                if (value > best) {
                    best = value;
                    isCircuit |= filling.isCircuit();
                    System.arraycopy(more, 0, nodes, 0, nodes.length);
                }
            }
        }
        return best;
    }

    /** The ranks of the edges that are filled in between nodes, or none where there is no such circuit of the size. */
    @Nullable BitSet circuit(boolean[] nodes) {
        filling.fill(nodes);
        return filling.isCircuit() ? filling.ranks() : null;
    }
}
