package io.edgewise.uncertainty;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.AlternativeHypothesis;
import org.apache.commons.math3.stat.inference.BinomialTest;

/**
 * The test of whether a circuit needs each of its edges. The null hypothesis for an edge: removing it changes more than adding a random
 * edge does, for at least nine in ten random edges. A small p-value says that the edge matters no more than a random one. (Shi et al. 2024,
 * arXiv 2410.13032, who add random paths.)
 */
public final class Minimality {
    private static final double SHARE = 0.9;

    private Minimality() {}

    /**
     * Tests every edge.
     *
     * @param changes how much removing each edge changes
     * @param random how much adding each of some random edges changes
     * @return in the order of the edges: the statistic is the share of the random edges whose change is smaller, and the p-value is
     *     corrected for the number of edges by Holm's method
     */
    public static List<TestResult> of(double[] changes, double[] random) {
        if (random.length == 0) {
            return Arrays.stream(changes)
                    .mapToObj(change -> TestResult.UNTESTABLE)
                    .toList();
        }
        int[] outdone = Arrays.stream(changes)
                .mapToInt(change -> (int)
                        Arrays.stream(random).filter(other -> change > other).count())
                .toArray();
        BinomialTest test = new BinomialTest();
        double[] corrected = holm(Arrays.stream(outdone)
                .mapToDouble(count -> test.binomialTest(random.length, count, SHARE, AlternativeHypothesis.LESS_THAN))
                .toArray());
        return IntStream.range(0, changes.length)
                .mapToObj(edge -> new TestResult((double) outdone[edge] / random.length, corrected[edge]))
                .toList();
    }

    /** Holm's correction: the smallest p-value times their number, the next times one less, and so on; none below those before it, none above 1. */
    static double[] holm(double[] pValues) {
        List<Integer> ascending = IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(place -> pValues[place]))
                .toList();
        double[] corrected = new double[pValues.length];
        double largest = 0;
        for (int rank = 0; rank < pValues.length; rank++) {
            int place = ascending.get(rank);
            largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[place]));
            corrected[place] = largest;
        }
        return corrected;
    }
}
