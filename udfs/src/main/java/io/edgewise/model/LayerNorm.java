package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Layer norm over the last axis, with its gradient in closed form. */
record LayerNorm(NDArray weight, NDArray bias, double epsilon) implements Norm {

    @Override
    public NDArray apply(NDArray input) {
        Shape width = weight.getShape();
        return input.getNDArrayInternal()
                .layerNorm(input, width, weight, bias, (float) epsilon)
                .singletonOrThrow();
    }

    @Override
    public NDArray pullBack(NDArray input, NDArray gradient) {
        int[] last = {-1};
        NDArray centred = input.sub(input.mean(last, true));
        NDArray scale = centred.square().mean(last, true).add(epsilon).sqrt();
        NDArray normed = centred.div(scale);
        NDArray weighted = gradient.mul(weight);
        NDArray along = weighted.mul(normed).mean(last, true);
        return weighted.sub(weighted.mean(last, true)).subi(along.mul(normed)).divi(scale);
    }
}
