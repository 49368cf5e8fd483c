package io.edgewise.model;

import ai.djl.ndarray.NDArray;

/** Divides by the root mean square of the last axis and multiplies by a weight, with its gradient in closed form. */
record RmsNorm(NDArray weight, double epsilon) implements Norm {
    private static final int[] LAST = {-1};

    @Override
    public NDArray apply(NDArray input) {
        return input.div(rootMeanSquare(input)).mul(weight);
    }

    private NDArray rootMeanSquare(NDArray input) {
        return input.mul(input).mean(LAST, true).add(epsilon).sqrt();
    }

    /** What the norm multiplies an input by, {@code [..., d_model]}: its share of a sum is multiplied by the same. */
    NDArray scale(NDArray input) {
        return weight.div(rootMeanSquare(input));
    }

    @Override
    public NDArray pullBack(NDArray input, NDArray gradient) {
        NDArray root = rootMeanSquare(input);
        NDArray normed = input.div(root);
        NDArray weighted = gradient.mul(weight);
        NDArray along = weighted.mul(normed).mean(LAST, true);
        return weighted.subi(along.mul(normed)).divi(root);
    }
}
