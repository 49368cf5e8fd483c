package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * A norm without gain and bias: they are in the weights of what reads it, as is the taking out of means, where it does that. So gradients at
 * what the norm reads need less work.
 *
 * @param norm with a gain of 1 and a bias of 0
 */
record BareNorm(Norm norm) implements Norm {
    @Override
    public NDArray apply(NDArray input) {
        return norm.apply(input);
    }

    @Override
    public @Nullable NDArray root(NDArray input) {
        return norm.root(input);
    }

    @Override
    public @Nullable NDArray gain() {
        return null;
    }

    @Override
    public boolean isCentring() {
        return norm.isCentring();
    }

    @Override
    public @Nullable NDArray normed(NDArray input) {
        return norm.apply(input);
    }
}
