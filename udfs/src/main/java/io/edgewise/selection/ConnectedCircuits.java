package io.edgewise.selection;

import io.edgewise.InputException;
import io.edgewise.graph.ModelGraph;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Circuits of given sizes with the largest total strength among those of which every edge is live: on a path, within the circuit, from the
 * start of the model to its end.
 */
public final class ConnectedCircuits {
    private ConnectedCircuits() {}

    /**
     * The best circuit of each size, in the order of the sizes.
     *
     * @param strengths one for each edge, in canonical order; they may be negative
     * @param limit how long the search may take, for all sizes together, about; what is not proved by then has a gap
     * @throws InputException where edges have token positions, a strength is not finite, or a size is not between 0 and the number of edges
     */
    public static List<ConnectedCircuit> of(ModelGraph graph, double[] strengths, List<Integer> sizes, Duration limit) {
        for (int size : sizes) {
            if (size < 0 || size > graph.edgeCount()) {
                throw new InputException("Edge count must be between 0 and " + graph.edgeCount() + ", got " + size);
            }
        }
        RankedGraph ranked = RankedGraph.of(graph, strengths);
        int shortest = ranked.paths().shortest();
        Deadline deadline = Deadline.in(limit);
        Map<Integer, ConnectedCircuit> bySize = new HashMap<>();
        boolean[] ofLarger = new boolean[ranked.sourceCount()];
        TreeSet<Integer> left = new TreeSet<>(sizes);
        while (!left.isEmpty()) {
            Deadline share = deadline.share(left.size());
            int size = left.last();
            left.remove(size);
            if (size == 0) {
                bySize.put(0, new ConnectedCircuit.Found(0, new BitSet(), 0, 0, true));
            } else if (size < shortest) {
                bySize.put(size, new ConnectedCircuit.Impossible(size, tooShort(shortest)));
            } else {
                CircuitSearch search = new CircuitSearch(ranked, size, share);
                bySize.put(size, search.run(ofLarger));
                ofLarger = search.nodes();
            }
        }
        return sizes.stream().map(bySize::get).toList();
    }

    private static String tooShort(int shortest) {
        return "the shortest path from Resid Start to Resid End has " + shortest + " edges";
    }
}
