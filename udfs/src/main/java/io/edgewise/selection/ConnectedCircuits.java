package io.edgewise.selection;

import io.edgewise.InputException;
import io.edgewise.graph.ModelGraph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Circuits of given sizes with the largest total strength among those of which every edge is live: on a path, within the circuit, from the
 * start of the model to its end.
 *
 * <p>A {@link NodeSearch} finds a good circuit and a {@link DualBound} says how much better another could be, which settles most edges. What
 * is left is a {@link CoreProgram}.
 */
public final class ConnectedCircuits {
    /** What rounding may make of a total, relative to the largest strength times the size. */
    private static final double ROUNDING = 1e-10;

    private final RankedGraph graph;
    private final List<boolean[]> found = new ArrayList<>();

    private ConnectedCircuits(RankedGraph graph) {
        this.graph = graph;
    }

    /**
     * The best circuit of each size, in the order of the sizes.
     *
     * @param strengths one for each edge, in canonical order; they may be negative
     * @param limit how long the search may take, for all sizes together, about; what is not proved by then has a gap
     * @throws InputException where edges have token positions, a strength is not finite, or a size is not between 0 and the number of edges
     */
    public static List<ConnectedCircuit> of(
            ModelGraph graph, double[] strengths, List<Integer> sizes, Duration limit) {
        for (int size : sizes) {
            if (size < 0 || size > graph.edgeCount()) {
                throw new InputException(
                        "Edge count must be between 0 and " + graph.edgeCount() + ", got " + size);
            }
        }
        ConnectedCircuits circuits = new ConnectedCircuits(RankedGraph.of(graph, strengths));
        Deadline deadline = Deadline.in(limit);
        ConnectedCircuit[] results = new ConnectedCircuit[sizes.size()];
        int left = sizes.size();
        for (int place : IntStream.range(0, sizes.size())
                .boxed()
                .sorted(Comparator.comparing(sizes::get, Comparator.reverseOrder()))
                .toList()) {
            results[place] = circuits.of(sizes.get(place), deadline.share(left--));
        }
        return List.of(results);
    }
}
