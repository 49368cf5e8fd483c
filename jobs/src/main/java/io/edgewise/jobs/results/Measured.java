package io.edgewise.jobs.results;

import io.edgewise.uncertainty.Estimate;
import io.edgewise.uncertainty.Interval;

/**
 * A number with its 95% interval.
 *
 * @param value not a number where it is unknown
 */
public record Measured(double value, Interval interval) {
    /** A number of which nothing is known. */
    public static final Measured UNKNOWN = new Measured(Double.NaN, Interval.UNKNOWN);

    public static Measured of(Estimate estimate) {
        return new Measured(estimate.value(), estimate.interval());
    }

    /** Whether there is a number. */
    public boolean known() {
        return !Double.isNaN(value);
    }
}
