package io.edgewise.model;

import ai.djl.ndarray.NDArray;

/** The MLP of one block, with its norm and GPT-2's tanh form of GELU. */
record Mlp(LayerNorm norm, Linear input, Linear output) {
    private static final double SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);

    /** What the MLP adds to the residual stream, {@code [b, s, d]}. */
    NDArray apply(NDArray residual) {
        return output.apply(gelu(input.apply(norm.apply(residual))));
    }

    private static NDArray gelu(NDArray x) {
        NDArray inner = Scale.by(0.044715, x.mul(x)).add(1).mul(x);
        return Scale.by(0.5, Scale.by(SQRT_2_OVER_PI, inner).tanh().add(1).mul(x));
    }
}
