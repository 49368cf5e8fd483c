package io.edgewise.model;

import ai.djl.ndarray.NDArray;

/** What is done to the residual stream before it is read. */
sealed interface Norm permits LayerNorm, NoNorm, RmsNorm {

    NDArray apply(NDArray input);

    /**
     * The gradient at the input, from the gradient at the output.
     *
     * @param input {@code [..., d_model]}
     * @param gradient {@code [row, ..., d_model]}: several gradients of one input
     * @return {@code [row, ..., d_model]}
     */
    NDArray pullBack(NDArray input, NDArray gradient);
}
