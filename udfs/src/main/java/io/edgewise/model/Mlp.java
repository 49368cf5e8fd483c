package io.edgewise.model;

import ai.djl.ndarray.NDArray;

/** The MLP of one block, with its norm. */
record Mlp(Norm norm, Linear input, Activation activation, Linear output) {

    /** What the MLP adds to the residual stream, {@code [b, s, d]}. */
    NDArray apply(NDArray residual, Hooks hooks, String at) {
        NDArray hidden = hooks.at(at, "mlp.hook_pre", input.apply(norm.apply(residual)));
        return output.apply(hooks.at(at, "mlp.hook_post", activation.of(hidden)));
    }
}
