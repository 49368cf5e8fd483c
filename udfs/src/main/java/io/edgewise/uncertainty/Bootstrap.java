package io.edgewise.uncertainty;

import io.edgewise.InputException;
import io.edgewise.prompt.PromptPair;
import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * The Poisson bootstrap: a replicate of a set of prompts has each prompt as often as a draw from a Poisson distribution of mean 1 says. A
 * number varies from replicate to replicate as it would from one sample of prompts to another.
 *
 * <p>The draws depend only on the seed, the prompt's tokens and the number of the replicate. So partitions, retries and resumed runs change
 * nothing, and replicate b is the same whatever the number of replicates. A prompt that occurs twice is drawn equally often both times: it
 * is one piece of evidence.
 *
 * @param replicates how many replicates; 0 for none
 * @param seed another seed draws other replicates
 */
public record Bootstrap(int replicates, long seed) implements Serializable {
    /** No replicates. */
    public static final Bootstrap NONE = new Bootstrap(0, 0);

    private static final double LOW_PERCENT = 2.5;
    private static final double HIGH_PERCENT = 97.5;
    /** The probability that a prompt counts at most k times. After the last k it can't be told from 1 in a double. */
    private static final double[] AT_MOST = cumulative(18);

    public Bootstrap {
        if (replicates < 0) {
            throw new InputException("--bootstrap wants a number of replicates from 0, got " + replicates);
        }
    }

    private static double[] cumulative(int most) {
        double[] atMost = new double[most + 1];
        double exactly = 1 / Math.E;
        for (int times = 0; times <= most; times++) {
            atMost[times] = exactly + (times == 0 ? 0 : atMost[times - 1]);
            exactly /= times + 1;
        }
        return atMost;
    }

    /** How often a prompt counts in each replicate. */
    public int[] weights(PromptPair prompt) {
        return weights(prompt.key());
    }

    /** How often the prompt of a key counts in each replicate. */
    public int[] weights(long key) {
        SplittableRandom random = new SplittableRandom(key ^ seed);
        int[] weights = new int[replicates];
        Arrays.setAll(weights, replicate -> times(random.nextDouble()));
        return weights;
    }

    private static int times(double uniform) {
        int times = 0;
        while (times < AT_MOST.length && uniform >= AT_MOST[times]) {
            times++;
        }
        return times;
    }

    /**
     * The percentile interval: between the 2.5th and the 97.5th percentile of a number's values in the replicates, interpolated as numpy does.
     *
     * @param values the values in the replicates; those that are not numbers are left out
     * @return unknown where no value is a number
     */
    public static Interval interval(double[] values) {
        double[] numbers =
                Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
        if (numbers.length == 0) {
            return Interval.UNKNOWN;
        }
        Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
        percentile.setData(numbers);
        return new Interval(percentile.evaluate(LOW_PERCENT), percentile.evaluate(HIGH_PERCENT));
    }
}
