package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/** What is done to the residual stream before it is read. */
sealed interface Norm permits LayerNorm, NoNorm, RmsNorm {

    NDArray apply(NDArray input);

    /** What the norm's gradient divides by, {@code [..., 1]}; null for nothing. */
    @Nullable
    NDArray root(NDArray input);

    /** What the norm's gradient multiplies by first, {@code [d_model]}; null for nothing. */
    @Nullable
    NDArray gain();

    /** The directions that the norm's gradient takes out, {@code [token, d_model, direction]}; null for none. */
    @Nullable
    NDArray directions(NDArray input);
}
