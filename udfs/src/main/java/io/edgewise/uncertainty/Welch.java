package io.edgewise.uncertainty;

import org.apache.commons.math3.stat.descriptive.StatisticalSummary;
import org.apache.commons.math3.stat.descriptive.StatisticalSummaryValues;
import org.apache.commons.math3.stat.inference.TestUtils;

/**
 * Welch's t-test of whether two means differ, from their standard errors.
 *
 * @param difference the difference of the means
 * @param oneError the standard error of one mean
 * @param one how many numbers that mean is over
 * @param otherError the standard error of the other mean
 * @param other how many numbers the other mean is over
 */
public record Welch(double difference, double oneError, long one, double otherError, long other) {

    /** The standard error of the difference. */
    public double standardError() {
        return Math.hypot(oneError, otherError);
    }

    /** The probability of a difference at least as large, of either sign, if the means are equal; not a number where errors are unknown or zero. */
    public double pValue() {
        return standardError() > 0
                ? TestUtils.tTest(summary(difference, oneError, one), summary(0, otherError, other))
                : Double.NaN;
    }

    private static StatisticalSummary summary(double mean, double error, long count) {
        return new StatisticalSummaryValues(mean, error * error * count, count, mean, mean, mean * count);
    }
}
