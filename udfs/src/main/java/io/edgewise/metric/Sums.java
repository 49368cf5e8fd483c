package io.edgewise.metric;

import ai.djl.ndarray.NDArray;

/** Adds up one number a prompt in double precision. */
final class Sums {
    private Sums() {}

    static double of(NDArray perPrompt) {
        double sum = 0;
        for (float value : perPrompt.toFloatArray()) {
            sum += value;
        }
        return sum;
    }
}
