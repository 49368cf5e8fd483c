package io.edgewise.uncertainty;

/**
 * What a test of a hypothesis found.
 *
 * @param statistic the test's statistic, which the test defines; not a number where nothing could be tested
 * @param pValue the probability of a result at least as far from the null hypothesis if it holds; not a number where nothing could be tested
 */
public record TestResult(double statistic, double pValue) {
    /** The result where nothing could be tested. */
    public static final TestResult UNTESTABLE = new TestResult(Double.NaN, Double.NaN);
}
