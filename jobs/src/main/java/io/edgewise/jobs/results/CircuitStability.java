package io.edgewise.jobs.results;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How much of a circuit other prompts would find again.
 *
 * @param edges the circuit's size
 * @param jaccard the mean Jaccard index of the circuit and those of the replicates, with the interval of the replicates
 */
public record CircuitStability(int edges, Measured jaccard) {

    /** The known one whose size is nearest to a size, the smaller of two that are as near. */
    public static Optional<CircuitStability> nearest(List<CircuitStability> sizes, int edges) {
        return sizes.stream()
                .filter(each -> each.jaccard().known())
                .min(Comparator.comparingInt((CircuitStability each) -> Math.abs(each.edges() - edges))
                        .thenComparingInt(CircuitStability::edges));
    }
}
