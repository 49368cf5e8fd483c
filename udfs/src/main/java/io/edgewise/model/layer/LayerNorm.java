package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.torch.KeptArrays;
import io.edgewise.model.torch.Scale;

/** Layer norm over the last axis. */
public record LayerNorm(NDArray weight, NDArray bias, double epsilon) implements Norm {
    private static final int[] LAST = {-1};

    @Override
    public NDArray apply(NDArray input) {
        Shape width = weight.getShape();
        return input.getNDArrayInternal()
                .layerNorm(input, width, weight, bias, (float) epsilon)
                .singletonOrThrow();
    }

    @Override
    public NDArray root(NDArray input) {
        return Scale.plus(epsilon, centred(input).square().mean(LAST, true)).sqrt();
    }

    @Override
    public NDArray gain() {
        return weight;
    }

    @Override
    public boolean isCentring() {
        return true;
    }

    @Override
    public NDArray normed(NDArray input) {
        return centred(input).div(root(input));
    }

    @Override
    public Norm bare(KeptArrays kept) {
        return new BareNorm(new LayerNorm(kept.keep(weight.onesLike()), kept.keep(weight.zerosLike()), epsilon));
    }

    private static NDArray centred(NDArray input) {
        return input.sub(input.mean(LAST, true));
    }
}
