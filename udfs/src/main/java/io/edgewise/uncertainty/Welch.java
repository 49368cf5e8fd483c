package io.edgewise.uncertainty;

import org.apache.commons.math3.distribution.TDistribution;

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
        double error = standardError();
        if (!(error > 0)) {
            return Double.NaN;
        }
        double ofOne = oneError * oneError;
        double ofOther = otherError * otherError;
        double freedom = Math.pow(ofOne + ofOther, 2) / (ofOne * ofOne / (one - 1) + ofOther * ofOther / (other - 1));
        return 2 * new TDistribution(null, freedom).cumulativeProbability(-Math.abs(difference) / error);
    }
}
