package io.edgewise.uncertainty;

/**
 * What a test of a hypothesis found.
 *
 * @param statistic how far what was seen is from the hypothesis, as the test has it; not a number where nothing could be tested
 * @param pValue how probable it is to see as much where the hypothesis holds; not a number where nothing could be tested
 */
public record TestResult(double statistic, double pValue) {
    /** Where nothing could be tested. */
    public static final TestResult UNTESTABLE = new TestResult(Double.NaN, Double.NaN);
}
