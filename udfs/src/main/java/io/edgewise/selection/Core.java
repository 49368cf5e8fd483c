package io.edgewise.selection;

import io.edgewise.graph.NodePaths;
import java.util.BitSet;

/**
 * What is left to choose: the edges and nodes of which neither is settled that the best circuit has them, nor that it lacks them. Edges
 * are known by rank.
 */
final class Core {
    private final RankedGraph graph;
    private final int size;
    private final BitSet sureNodes = new BitSet();
    private final BitSet absentNodes = new BitSet();
    private final BitSet sureEdges = new BitSet();
    private final BitSet absentEdges = new BitSet();

    Core(RankedGraph graph, int size) {
        this.graph = graph;
        this.size = size;
    }

    RankedGraph graph() {
        return graph;
    }

    /** How many edges the circuit has. */
    int size() {
        return size;
    }

    void use(int node) {
        sureNodes.set(node);
    }

    void leaveOut(int node) {
        absentNodes.set(node);
    }

    void takeEdge(int rank) {
        sureEdges.set(rank);
        use(graph.source(rank));
    }

    void leaveOutEdge(int rank) {
        absentEdges.set(rank);
    }

    boolean isSure(int node) {
        return sureNodes.get(node);
    }

    boolean isOpen(int node) {
        return !sureNodes.get(node) && !absentNodes.get(node);
    }

    BitSet sureEdges() {
        return sureEdges;
    }

    /** The edges that are not settled and whose ends may be used. */
    BitSet openEdges() {
        BitSet open = new BitSet();
        for (int rank = 0; rank < graph.size(); rank++) {
            open.set(
                    rank,
                    !sureEdges.get(rank)
                            && !absentEdges.get(rank)
                            && !absentNodes.get(graph.source(rank))
                            && leadsOn(graph.destination(rank)));
        }
        return open;
    }

    private boolean leadsOn(int destination) {
        NodePaths paths = graph.paths();
        int first = paths.firstFed(destination);
        int end = paths.endFed(destination);
        return first == end || absentNodes.nextClearBit(first) < end;
    }
}
