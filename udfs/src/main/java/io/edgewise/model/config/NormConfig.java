package io.edgewise.model.config;

import io.edgewise.InputException;
import java.io.Serializable;

/**
 * The norms of a decoder.
 *
 * @param epsilon added to the variance
 * @param isAfterToo whether the outputs of attention and MLP are normed as well
 * @param hasFinal whether the end of the residual stream is normed before it is unembedded
 */
public record NormConfig(Type type, double epsilon, boolean isAfterToo, boolean hasFinal) implements Serializable {
    public NormConfig {
        if (!(epsilon > 0 && epsilon < 1)) {
            throw new InputException("The norms' epsilon must be a small positive number, got " + epsilon);
        }
    }

    /** Norms of which one is before the unembedding. */
    public NormConfig(Type type, double epsilon, boolean isAfterToo) {
        this(type, epsilon, isAfterToo, true);
    }

    /** What is done to the residual stream before it is read. */
    public enum Type {
        LAYER_NORM,
        /** Layer norm without weight and bias, or with both folded into the weights that read it. */
        LAYER_NORM_FOLDED,
        /** Divides by the root mean square and multiplies by a weight. */
        RMS,
        /** Divides by the root mean square and multiplies by one plus a weight. */
        RMS_PLUS_ONE,
        NONE
    }
}
