package io.edgewise.selection;

import io.edgewise.graph.NodePaths;
import java.util.BitSet;

/**
 * The strongest edges among some nodes: a circuit of a size in which each of the nodes is fed and heard. It takes the strongest edges
 * between them, then for each node that none of these feeds, or none hears, the strongest that does, in exchange for the weakest that are
 * not needed so. Where every node has an edge in and one out, every edge is live, as edges run to later nodes only.
 */
final class Filling {
    private final RankedGraph graph;
    private final NodePaths paths;
    private final int size;
    private final double penalty;
    private final boolean[] isUsable;
    private final int[] in;
    private final int[] out;
    private final int[] taken;
    private int count;
    private int unmet;
    private double total;

    Filling(RankedGraph graph, int size) {
        this.graph = graph;
        this.size = size;
        paths = graph.paths();
        penalty = 1 + 2 * graph.largest();
        isUsable = new boolean[graph.destinationCount()];
        in = new int[graph.sourceCount()];
        out = new int[graph.sourceCount()];
        taken = new int[size + 2 * graph.sourceCount()];
    }

    /** Fills in the edges between nodes, by their sources. Returns their total, less a penalty for each edge too few or too many. */
    double fill(boolean[] nodes) {
        begin(nodes);
        for (int rank = 0; rank < graph.size() && (count < size || unmet > 0); rank++) {
            int source = graph.source(rank);
            int destination = graph.destination(rank);
            if (nodes[source]
                    && isUsable[destination]
                    && (count < size || out[source] == 0 || feedsUnfed(destination, nodes))) {
                take(rank, nodes);
            }
        }
        for (int place = count - 1; place >= 0 && count > size; place--) {
            dropIfUnneeded(place, nodes);
        }
        return total - penalty * (Math.abs(count - size) + unmet);
    }

    private void begin(boolean[] nodes) {
        count = 0;
        unmet = 0;
        total = 0;
        for (int source = 0; source < nodes.length; source++) {
            in[source] = 0;
            out[source] = 0;
            if (nodes[source]) {
                unmet += paths.isFirst(source) ? 1 : 2;
            }
        }
        for (int destination = 0; destination < isUsable.length; destination++) {
            int end = paths.endFed(destination);
            isUsable[destination] = paths.firstFed(destination) == end;
            for (int fed = paths.firstFed(destination); fed < end; fed++) {
                isUsable[destination] |= nodes[fed];
            }
        }
    }

    private boolean feedsUnfed(int destination, boolean[] nodes) {
        for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
            if (nodes[fed] && in[fed] == 0) {
                return true;
            }
        }
        return false;
    }

    private void take(int rank, boolean[] nodes) {
        taken[count++] = rank;
        total += graph.strength(rank);
        if (out[graph.source(rank)]++ == 0) {
            unmet--;
        }
        int destination = graph.destination(rank);
        for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
            if (nodes[fed] && in[fed]++ == 0) {
                unmet--;
            }
        }
    }

    private void dropIfUnneeded(int place, boolean[] nodes) {
        int rank = taken[place];
        int destination = graph.destination(rank);
        boolean isNeeded = out[graph.source(rank)] == 1;
        for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
            isNeeded |= nodes[fed] && in[fed] == 1;
        }
        if (!isNeeded) {
            System.arraycopy(taken, place + 1, taken, place, count - place - 1);
            count--;
            total -= graph.strength(rank);
            out[graph.source(rank)]--;
            for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
                in[fed]--; // of no use where the node is not used
            }
        }
    }

    /** Whether the last filling is a circuit of the size. */
    boolean isCircuit() {
        return count == size && unmet == 0;
    }

    /** The ranks of the edges of the last filling. */
    BitSet ranks() {
        BitSet ranks = new BitSet();
        for (int place = 0; place < count; place++) {
            ranks.set(taken[place]);
        }
        return ranks;
    }
}
