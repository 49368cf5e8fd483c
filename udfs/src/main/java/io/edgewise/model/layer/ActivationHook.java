package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;

/** A function that sees an activation of a forward pass, and may replace it by another of the same shape. */
@FunctionalInterface
public interface ActivationHook {
    /**
     * Reads an activation, and may put another in its place.
     *
     * @param name TransformerLens' name of the activation: {@code blocks.0.hook_mlp_out}
     * @return what the pass goes on with: {@code activation} itself to change nothing
     */
    NDArray apply(String name, NDArray activation);
}
