package io.edgewise.selection;

import io.edgewise.graph.ModelGraph;
import java.time.Duration;
import java.util.List;

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
     * @throws io.edgewise.InputException where edges have token positions, a strength is not finite, or a size is not between 0 and the
     *     number of edges
     */
    public static List<ConnectedCircuit> of(
            ModelGraph graph, double[] strengths, List<Integer> sizes, Duration limit) {
        throw new UnsupportedOperationException();
    }
}
