package io.edgewise.model.config;

import io.edgewise.InputException;
import java.io.Serializable;

/**
 * The norms of a decoder.
 *
 * @param epsilon added to the variance
 * @param place where attention and MLP are normed
 * @param hasFinal whether the end of the residual stream is normed before it is unembedded
 */
public record NormConfig(Type type, double epsilon, Place place, boolean hasFinal) implements Serializable {
    public NormConfig {
        if (!(epsilon > 0 && epsilon < 1)) {
            throw new InputException("The norms' epsilon must be a small positive number, got " + epsilon);
        }
    }

    /** Norms of which one is before the unembedding. */
    public NormConfig(Type type, double epsilon, Place place) {
        this(type, epsilon, place, true);
    }

    /** Whether what attention and MLP write is normed. */
    public boolean isAfter() {
        return place != Place.BEFORE;
    }

    /** Where attention and MLP are normed: what they read, what they write, or both. */
    public enum Place {
        BEFORE,
        BEFORE_AND_AFTER,
        AFTER
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
