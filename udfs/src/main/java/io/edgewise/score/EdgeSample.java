package io.edgewise.score;

import io.edgewise.uncertainty.Bootstrap;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * For some neighbouring edges, the sums of what each prompt adds to their scores, over all prompts and over the prompts of each replicate.
 * Prompts are added in their order, so the sums have the same bits wherever they are taken.
 */
public final class EdgeSample implements Serializable {
    private static final long serialVersionUID = 1L;

    private final EdgeRange range;
    private final Bootstrap bootstrap;
    private final double[] sums;
    private final double[] squares;
    /** The replicates' sums, by edge and replicate. */
    private final double[] sampled;
    /** How many prompts each replicate has. */
    private final double[] counts;

    private long prompts;

    /** @param bootstrap the bootstrap; without replicates there are only standard errors */
    public EdgeSample(EdgeRange range, Bootstrap bootstrap) {
        this.range = range;
        this.bootstrap = bootstrap;
        this.sums = new double[range.size()];
        this.squares = new double[range.size()];
        this.sampled = new double[Math.multiplyExact(range.size(), bootstrap.replicates())];
        this.counts = new double[bootstrap.replicates()];
    }

    /**
     * Adds the prompts of a batch.
     *
     * @param keys the prompts' keys
     * @param shares what each prompt adds to each score, {@code [edge][prompt]} in one array
     */
    public void add(long[] keys, float[] shares) {
        double[][] times = Arrays.stream(keys)
                .mapToObj(key ->
                        Arrays.stream(bootstrap.weights(key)).asDoubleStream().toArray())
                .toArray(double[][]::new);
        for (double[] each : times) {
            addTo(counts, 0, each, 1);
        }
        prompts += keys.length;
        for (int edge = 0; edge < sums.length; edge++) {
            for (int prompt = 0; prompt < times.length; prompt++) {
                double share = shares[edge * times.length + prompt];
                sums[edge] += share;
                squares[edge] += share * share;
                addTo(sampled, edge * counts.length, times[prompt], share);
            }
        }
    }

    private static void addTo(double[] sums, int start, double[] times, double share) {
        for (int replicate = 0; replicate < times.length; replicate++) {
            sums[start + replicate] += times[replicate] * share;
        }
    }

    public EdgeRange range() {
        return range;
    }

    /** How many prompts were added. */
    public long prompts() {
        return prompts;
    }

    /** The replicates that have prompts, ascending. The others have no scores. */
    public int[] usable() {
        return IntStream.range(0, counts.length)
                .filter(replicate -> counts[replicate] > 0)
                .toArray();
    }

    /**
     * The scores in one replicate, by edge, scaled to the number of all prompts.
     *
     * @param ofSum the factor from the sum of all prompts' shares to the score
     */
    public float[] scores(int replicate, double ofSum) {
        float[] scores = new float[range.size()];
        for (int edge = 0; edge < scores.length; edge++) {
            scores[edge] = (float) score(edge, replicate, ofSum);
        }
        return scores;
    }

    private double score(int edge, int replicate, double ofSum) {
        return ofSum * prompts * sampled[edge * counts.length + replicate] / counts[replicate];
    }

    /**
     * The errors of each edge's score that can be computed edge by edge.
     *
     * @param ofSum the factor from the sum of all prompts' shares to the score
     */
    public EdgeErrors errors(double ofSum) {
        int[] usable = usable();
        EdgeErrors errors = EdgeErrors.empty(range);
        for (int edge = 0; edge < sums.length; edge++) {
            int each = edge;
            double[] scores = Arrays.stream(usable)
                    .mapToDouble(replicate -> score(each, replicate, ofSum))
                    .toArray();
            errors.put(edge, ofSum * standardError(edge), Bootstrap.interval(scores), scores);
        }
        return errors;
    }

    /** The standard error of the sum over n prompts. The sum is n times the mean, so this is n times the error of the mean. */
    private double standardError(int edge) {
        double variance = (squares[edge] - sums[edge] * sums[edge] / prompts) / (prompts - 1);
        return Math.sqrt(prompts * Math.max(0, variance));
    }
}
