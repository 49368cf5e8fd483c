package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/** A normalization of the residual stream before it is read. */
public sealed interface Norm permits LayerNorm, NoNorm, RmsNorm {

    NDArray apply(NDArray input);

    /** What the norm's gradient divides by, {@code [..., 1]}; null for nothing. */
    @Nullable
    NDArray root(NDArray input);

    /** What the norm multiplies by last, {@code [d_model]}; null for nothing. */
    @Nullable
    NDArray gain();

    /** What the norm adds last, {@code [d_model]}; null for nothing. */
    default @Nullable NDArray bias() {
        return null;
    }

    /** Whether the norm takes the mean out of every vector. */
    default boolean isCentring() {
        return false;
    }

    /** The input as normed, before the gain, {@code [..., d_model]}: the direction that the norm's gradient takes out; null for none. */
    @Nullable
    NDArray normed(NDArray input);
}
