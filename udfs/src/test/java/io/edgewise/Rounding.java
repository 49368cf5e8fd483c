package io.edgewise;

import java.util.Arrays;

/**
 * How far two ways to add up the same numbers may lie apart. Processors add in orders of their own, and a float32 sum rounds
 * at each of its terms by up to 2^-24 of the largest: the test models' sums have some hundred terms, so a pass through one ends within
 * 1e-5 of the largest number that goes into it, and not within 1e-5 of each small one.
 */
public final class Rounding {
    private static final double SHARE = 1e-5;

    private Rounding() {}

    /** The bound for numbers like these, in parts of the largest. */
    public static float of(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return (float) SHARE * largest;
    }

    /** The bound for numbers like these, in parts of the largest. */
    public static double of(double[] values) {
        return SHARE * Arrays.stream(values).map(Math::abs).max().orElse(0);
    }
}
