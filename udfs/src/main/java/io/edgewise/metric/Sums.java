package io.edgewise.metric;

/** Adds up one number a prompt in double precision. */
final class Sums {
    private Sums() {}

    static double of(float[] perPrompt) {
        double sum = 0;
        for (float value : perPrompt) {
            sum += value;
        }
        return sum;
    }
}
