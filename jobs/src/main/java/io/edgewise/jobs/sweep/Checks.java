package io.edgewise.jobs.sweep;

import io.edgewise.InputException;
import io.edgewise.uncertainty.Bootstrap;

/**
 * What tells how far measurements are to be believed.
 *
 * @param bootstrap for their intervals
 * @param controls how many random circuits of each kind are measured beside circuits
 * @param tests whether the circuit of the headline is tested
 */
public record Checks(Bootstrap bootstrap, int controls, boolean tests) {
    public Checks {
        if (controls < 0) {
            throw new InputException("--controls wants a number of random circuits from 0, got " + controls);
        }
    }
}
