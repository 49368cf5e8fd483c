package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;

/**
 * How far two ways to add up the same numbers may lie apart. Processors add in orders of their own, and a float32 sum rounds at each
 * of its terms by up to 2^-24 of the largest: the demo model's sums have some hundred terms, so results agree within 1e-5 of the
 * largest number that went into them.
 */
public final class Rounding {
    private static final double SHARE = 1e-5;

    private Rounding() {}

    /** The bound for what is made of numbers up to this one. */
    public static Offset<Double> of(double largest) {
        return within(SHARE * Math.abs(largest));
    }

    /** The bound for numbers like these, in parts of the largest. */
    public static Offset<Float> of(float[]... tensors) {
        float largest = 0;
        for (float[] values : tensors) {
            for (float value : values) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return within((float) SHARE * largest);
    }
}
