package io.edgewise.jobs.sweep;

import io.edgewise.InputException;
import io.edgewise.uncertainty.Bootstrap;

/**
 * The checks of measurements: intervals, random circuits and tests.
 *
 * @param bootstrap the bootstrap for intervals
 * @param controls how many random circuits of each kind a circuit is compared with
 * @param tests whether the headline's circuit is tested
 */
public record Checks(Bootstrap bootstrap, int controls, boolean tests) {
    public Checks {
        if (controls < 0) {
            throw new InputException("--controls wants a number of random circuits from 0, got " + controls);
        }
    }
}
