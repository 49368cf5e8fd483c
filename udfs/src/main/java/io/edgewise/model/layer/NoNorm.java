package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.torch.KeptArrays;
import org.jspecify.annotations.Nullable;

/** A norm that changes nothing: compiled models have none. */
public record NoNorm() implements Norm {
    @Override
    public NDArray apply(NDArray input) {
        return input;
    }

    @Override
    public @Nullable NDArray root(NDArray input) {
        return null;
    }

    @Override
    public @Nullable NDArray gain() {
        return null;
    }

    @Override
    public Norm bare(KeptArrays kept) {
        return this;
    }

    @Override
    public @Nullable NDArray normed(NDArray input) {
        return null;
    }
}
