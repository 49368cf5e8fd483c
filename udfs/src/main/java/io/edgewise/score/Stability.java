package io.edgewise.score;

import io.edgewise.uncertainty.Bootstrap;
import io.edgewise.uncertainty.Interval;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How far a circuit depends on the prompts it was found on: the Jaccard index (edges in both over edges in either) of the circuit of all
 * prompts and the circuit of a replicate, both of the same size. At 1, every sample of prompts gives this circuit.
 *
 * @param edges the circuit's size in edges
 * @param meanJaccard mean over replicates
 * @param interval the interval of the index over replicates
 */
public record Stability(int edges, double meanJaccard, Interval interval) implements Serializable {
    static Stability of(int edges, double[] jaccard) {
        return new Stability(edges, Arrays.stream(jaccard).average().orElse(Double.NaN), Bootstrap.interval(jaccard));
    }
}
