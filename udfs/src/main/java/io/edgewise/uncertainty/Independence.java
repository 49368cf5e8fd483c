package io.edgewise.uncertainty;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The test of whether the rest of the model still knows the task without the circuit. The null hypothesis: what all other edges answer is
 * independent of what the whole model answers. A small p-value says that it depends on it, so the circuit isn't all of the task. The
 * statistic is the Hilbert-Schmidt independence criterion with Gaussian kernels as wide as the median distance of the whole model's
 * numbers. The p-value is from permutations. (Shi et al. 2024, arXiv 2410.13032.)
 */
public final class Independence {
    private static final int PERMUTATIONS = 1000;

    private Independence() {}

    /**
     * Tests.
     *
     * @param whole one number of the whole model for each prompt
     * @param rest the numbers without the circuit, of the same prompts
     * @param seed the permutations' seed
     */
    public static TestResult of(double[] whole, double[] rest, long seed) {
        double width = medianDistance(whole);
        if (!(width > 0)) {
            return TestResult.UNTESTABLE;
        }
        double[][] centred = centred(kernel(whole, width));
        double[][] other = kernel(rest, width);
        int[] order = IntStream.range(0, whole.length).toArray();
        double seen = criterion(centred, other, order);
        SplittableRandom random = new SplittableRandom(seed);
        int asMuch = 0;
        for (int permutation = 0; permutation < PERMUTATIONS; permutation++) {
            shuffle(order, random);
            asMuch += criterion(centred, other, order) >= seen ? 1 : 0;
        }
        return new TestResult(seen, (1.0 + asMuch) / (1 + PERMUTATIONS));
    }

    /** The median distance over all pairs, including each prompt with itself. */
    private static double medianDistance(double[] values) {
        double[] distances = Arrays.stream(values)
                .flatMap(one -> Arrays.stream(values).map(other -> Math.abs(one - other)))
                .sorted()
                .toArray();
        return distances.length == 0 ? 0 : distances[distances.length / 2];
    }

    private static double[][] kernel(double[] values, double width) {
        return Arrays.stream(values)
                .mapToObj(one -> Arrays.stream(values)
                        .map(other -> Math.exp(-(one - other) * (one - other) / (2 * width * width)))
                        .toArray())
                .toArray(double[][]::new);
    }

    /** The kernel less the means of its rows and columns; it is symmetric. */
    private static double[][] centred(double[][] kernel) {
        double[] means = Arrays.stream(kernel)
                .mapToDouble(row -> Arrays.stream(row).average().orElse(0))
                .toArray();
        double mean = Arrays.stream(means).average().orElse(0);
        double[][] centred = new double[kernel.length][kernel.length];
        for (int i = 0; i < kernel.length; i++) {
            for (int j = 0; j < kernel.length; j++) {
                centred[i][j] = kernel[i][j] - means[i] - means[j] + mean;
            }
        }
        return centred;
    }

    /** {@code trace(K H L H) / (n - 1)^2}, with L's rows and columns in some order. */
    private static double criterion(double[][] centred, double[][] other, int[] order) {
        double trace = 0;
        for (int i = 0; i < order.length; i++) {
            double[] row = other[order[i]];
            for (int j = 0; j < order.length; j++) {
                trace += centred[i][j] * row[order[j]];
            }
        }
        return trace / ((order.length - 1.0) * (order.length - 1.0));
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int last = order.length - 1; last > 0; last--) {
            int chosen = random.nextInt(last + 1);
            int held = order[last];
            order[last] = order[chosen];
            order[chosen] = held;
        }
    }
}
