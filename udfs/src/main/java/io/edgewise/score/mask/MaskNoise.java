package io.edgewise.score.mask;

import java.io.Serializable;

/**
 * Random numbers that depend on what they are for alone: the seed, the step, the prompt and the edge. So they are the same on any cluster, after
 * retries and when a run goes on. The numbers of all edges at once are those of Java's {@link java.util.SplittableRandom}: SplitMix64.
 */
record MaskNoise(long seed) implements Serializable {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    /** What random numbers are for. */
    enum Purpose {
        /** For the masks that a prompt runs with. */
        RUN(1),
        /** For the masks whose sum is the circuit's size. */
        SIZE(2),
        /** For the masks that are left out of a step. */
        DROPOUT(3),
        /** For where masks begin. */
        START(4);

        private final int number;

        Purpose(int number) {
            this.number = number;
        }
    }

    /** The random numbers for one purpose, step and prompt. */
    record Draw(long state) {
        /** A number from 0 to below 1. */
        double uniform(int edge) {
            return (mixed(state + GAMMA * (edge + 1L)) >>> 11) * UNIT;
        }
    }

    /** @param prompt the key of a prompt; 0 for all prompts together */
    Draw draw(Purpose purpose, int step, long prompt) {
        long ofSeed = mixed(seed + GAMMA * purpose.number);
        long ofStep = mixed(ofSeed + GAMMA * (step + 1L));
        return new Draw(mixed(ofStep ^ mixed(prompt + GAMMA)));
    }

    private static long mixed(long value) {
        long first = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        long second = (first ^ first >>> 27) * 0x94D049BB133111EBL;
        return second ^ second >>> 31;
    }
}
