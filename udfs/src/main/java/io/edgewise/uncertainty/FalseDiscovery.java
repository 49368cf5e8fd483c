package io.edgewise.uncertainty;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The correction for many tests at once. */
public final class FalseDiscovery {
    private FalseDiscovery() {}

    /**
     * The false discovery rate of each test, after Benjamini and Hochberg (1995): among the tests whose rate is at most q, the expected
     * share of true null hypotheses is at most q.
     *
     * @param pValues the tests' p-values; those that are not numbers don't count as tests
     * @return one rate per test, in the order of the tests; not a number where there is no test
     */
    public static double[] benjaminiHochberg(double[] pValues) {
        double[] rates = new double[pValues.length];
        int[] falling = IntStream.range(0, pValues.length)
                .peek(test -> rates[test] = Double.NaN)
                .filter(test -> !Double.isNaN(pValues[test]))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer test) -> pValues[test])
                        .reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        double least = 1;
        for (int place = 0; place < falling.length; place++) {
            int rank = falling.length - place;
            least = Math.min(least, pValues[falling[place]] * falling.length / rank);
            rates[falling[place]] = least;
        }
        return rates;
    }
}
