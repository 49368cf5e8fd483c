package io.edgewise.spark.prompt;

import io.edgewise.prompt.RawPrompt;
import org.apache.spark.api.java.function.Function;

/**
 * A function from a prompt to its key in a shuffled order, which depends only on the seed and the prompt's place (the SplitMix64 mixer).
 */
public record ShuffleKey(long seed) implements Function<RawPrompt, Long> {
    @Override
    public Long call(RawPrompt prompt) {
        long mixed = mix(seed) ^ prompt.index();
        return mix(mixed);
    }

    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
