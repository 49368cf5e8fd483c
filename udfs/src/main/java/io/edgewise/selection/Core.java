package io.edgewise.selection;

import io.edgewise.graph.NodePaths;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * What is settled about the circuits of a size that are better than a known one, and what is left to choose: nodes and edges that all such
 * circuits have are sure, and those that none has are absent. Edges are known by rank.
 */
final class Core {
    private final RankedGraph graph;
    private final NodePaths paths;
    private final int size;
    private final BitSet sureNodes = new BitSet();
    private final BitSet absentNodes = new BitSet();
    private final BitSet sureEdges = new BitSet();
    private final BitSet absentEdges = new BitSet();

    /** A core in which nothing is settled, but that the start is used where all paths begin there. */
    Core(RankedGraph graph, int size) {
        this.graph = graph;
        this.size = size;
        paths = graph.paths();
        if (IntStream.range(1, graph.sourceCount()).noneMatch(paths::isFirst)) {
            use(0);
        }
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

    boolean isAbsent(int node) {
        return absentNodes.get(node);
    }

    boolean isOpen(int node) {
        return !sureNodes.get(node) && !absentNodes.get(node);
    }

    /** Whether a destination is the end, or feeds a node that is sure to be used. */
    boolean leadsOn(int destination) {
        int first = paths.firstFed(destination);
        int end = paths.endFed(destination);
        int sure = sureNodes.nextSetBit(first);
        return first == end || (sure >= 0 && sure < end);
    }

    private boolean mayLeadOn(int destination) {
        int first = paths.firstFed(destination);
        int end = paths.endFed(destination);
        return first == end || absentNodes.nextClearBit(first) < end;
    }

    BitSet sureEdges() {
        return sureEdges;
    }

    /** The edges that are neither sure nor absent. */
    int[] openEdges() {
        return Arrays.stream(edges()).filter(rank -> !sureEdges.get(rank)).toArray();
    }

    /** The edges that are not absent and whose ends are not. */
    int[] edges() {
        return IntStream.range(0, graph.size())
                .filter(rank -> !absentEdges.get(rank)
                        && !absentNodes.get(graph.source(rank))
                        && mayLeadOn(graph.destination(rank)))
                .toArray();
    }
}
