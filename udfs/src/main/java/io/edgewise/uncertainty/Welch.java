package io.edgewise.uncertainty;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * Welch's t-test of whether two means differ, from their standard errors.
 *
 * @param difference of the means
 * @param oneError standard error of one mean
 * @param one how many numbers it is of
 * @param otherError standard error of the other
 * @param other how many numbers it is of
 */
public record Welch(double difference, double oneError, long one, double otherError, long other) {

    /** The standard error of the difference. */
    public double standardError() {
        return Math.hypot(oneError, otherError);
    }

    /** How probable a difference as large is where the means are equal, of either sign; not a number where errors are unknown or zero. */
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
