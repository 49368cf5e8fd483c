package io.edgewise.score;

import io.edgewise.reduce.SliceSum;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What scores are in each replicate of a bootstrap, read from the slices of the sums over all batches. A replicate has more or fewer
 * prompts than there are; its scores are what as many as there are would give.
 *
 * @param factors by which each replicate's sum of shares becomes a score; not a number where a replicate has no prompt
 */
@SuppressWarnings("ArrayRecordComponent")
public record Replicates(SampleLayout layout, double[] factors) implements Serializable {

    /**
     * The replicates of a sum over all batches.
     *
     * @param head of the sum
     * @param prompts prompt pairs in all batches
     */
    public static Replicates of(SampledScorer scorer, SampleLayout layout, double[] head, long prompts) {
        double ofSum = scorer.scorer().ofSum(prompts);
        double[] factors = Arrays.stream(layout.weights(head))
                .map(weight -> weight == 0 ? Double.NaN : ofSum * prompts / weight)
                .toArray();
        return new Replicates(layout, factors);
    }

    /** The replicates that have prompts. */
    public int[] usable() {
        return IntStream.range(0, factors.length)
                .filter(replicate -> !Double.isNaN(factors[replicate]))
                .toArray();
    }

    /** How many edges a slice has. */
    public int edges(SliceSum slice) {
        return slice.values().length / layout.replicates();
    }

    /** The scores of one edge of a slice, by replicate. */
    double[] ofEdge(SliceSum slice, int place) {
        double[] scores = new double[factors.length];
        Arrays.setAll(scores, replicate -> of(slice, place, replicate));
        return scores;
    }

    /** The scores of a slice's edges in one replicate, to the precision of scores. */
    public float[] of(SliceSum slice, int replicate) {
        float[] scores = new float[edges(slice)];
        for (int place = 0; place < scores.length; place++) {
            scores[place] = (float) of(slice, place, replicate);
        }
        return scores;
    }

    private double of(SliceSum slice, int place, int replicate) {
        return factors[replicate] * slice.values()[place * factors.length + replicate];
    }
}
