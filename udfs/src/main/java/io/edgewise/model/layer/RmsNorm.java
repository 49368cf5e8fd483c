package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.torch.KeptArrays;
import io.edgewise.model.torch.Scale;

/** Divides by the root mean square of the last axis and multiplies by a weight. */
public record RmsNorm(NDArray weight, double epsilon) implements Norm {
    private static final int[] LAST = {-1};

    @Override
    public NDArray apply(NDArray input) {
        return input.div(root(input)).mul(weight);
    }

    @Override
    public NDArray root(NDArray input) {
        return Scale.plus(epsilon, input.mul(input).mean(LAST, true)).sqrt();
    }

    @Override
    public NDArray gain() {
        return weight;
    }

    @Override
    public Norm bare(KeptArrays kept) {
        return new BareNorm(new RmsNorm(kept.keep(weight.onesLike()), epsilon));
    }

    @Override
    public NDArray normed(NDArray input) {
        return input.div(root(input));
    }
}
