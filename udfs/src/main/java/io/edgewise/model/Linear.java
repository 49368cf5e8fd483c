package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * {@code x W + b} over the last axis.
 *
 * @param weight {@code [in, out]}
 * @param bias {@code [out]}
 */
record Linear(NDArray weight, NDArray bias) {

    /** One matrix product over all rows: the same kernel, so the same bits, with and without gradients. */
    NDArray apply(NDArray input) {
        Shape shape = input.getShape();
        Shape leading = shape.slice(0, shape.dimension() - 1);
        return input.reshape(-1, shape.get(shape.dimension() - 1))
                .matMul(weight)
                .add(bias)
                .reshape(leading.add(weight.getShape().get(1)));
    }
}
