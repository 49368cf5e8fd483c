package io.edgewise.spark.batch;

import java.io.Serializable;
import java.util.Map;

/**
 * How many prompts run at once, by their length in tokens, as estimated before the run begins.
 *
 * @param most the most prompts of each length; batches of a missing length run whole
 */
public record PieceSizes(Map<Integer, Integer> most) implements Serializable {
    /** Everything runs whole. */
    public static final PieceSizes WHOLE = new PieceSizes(Map.of());

    public PieceSizes {
        most = Map.copyOf(most);
        most.forEach((length, prompts) -> {
            if (prompts < 1) {
                throw new IllegalArgumentException("At least one prompt of " + length + " tokens runs at once");
            }
        });
    }

    int of(int length) {
        return most.getOrDefault(length, Integer.MAX_VALUE);
    }
}
