package io.edgewise.uncertainty;

import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * The test of whether a circuit behaves as the whole model does. If so, its number is above the model's on about as many prompts as below. The null
 * hypothesis: the probability that a prompt's number is above is within a tenth of one half. A small p-value says that the two are not equivalent.
 * (Shi et al. 2024, arXiv 2410.13032; this follows their text, while their code uses a difference of means in place of the fraction.)
 */
public final class Equivalence {
    private static final double TOLERANCE = 0.1;
    private static final double ROUNDING = 1e-12;

    private Equivalence() {}

    /**
     * Tests.
     *
     * @param circuit one number for each prompt
     * @param whole the whole model's numbers of the same prompts; a prompt whose two numbers are equal is left out
     * @return the statistic is how far the share of prompts that are above is from one half
     */
    public static TestResult of(double[] circuit, double[] whole) {
        int above = (int) IntStream.range(0, whole.length)
                .filter(prompt -> circuit[prompt] > whole[prompt])
                .count();
        int below = (int) IntStream.range(0, whole.length)
                .filter(prompt -> circuit[prompt] < whole[prompt])
                .count();
        int untied = above + below;
        if (untied == 0) {
            return TestResult.UNTESTABLE;
        }
        double distance = distance(above, untied);
        BinomialDistribution atTheEdge = new BinomialDistribution(null, untied, 0.5 + TOLERANCE);
        double pValue = IntStream.rangeClosed(0, untied)
                .filter(count -> distance(count, untied) >= distance - ROUNDING)
                .mapToDouble(atTheEdge::probability)
                .sum();
        return new TestResult(distance, Math.min(1, pValue));
    }

    private static double distance(int above, int untied) {
        return Math.abs((double) above / untied - 0.5);
    }
}
