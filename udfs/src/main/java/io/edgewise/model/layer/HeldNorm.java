package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/** A norm whose root is a constant in a backward pass. */
record HeldNorm(Norm norm) implements Norm {
    @Override
    public NDArray apply(NDArray input) {
        NDArray scaled = norm.ofChange(input.stopGradient(), input);
        NDArray bias = norm.bias();
        return bias == null ? scaled : scaled.add(bias);
    }

    @Override
    public @Nullable NDArray root(NDArray input) {
        return norm.root(input);
    }

    @Override
    public @Nullable NDArray gain() {
        return norm.gain();
    }

    @Override
    public @Nullable NDArray bias() {
        return norm.bias();
    }

    @Override
    public boolean isCentring() {
        return norm.isCentring();
    }

    @Override
    public @Nullable NDArray normed(NDArray input) {
        return null;
    }
}
