package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.torch.ComputeType;
import org.jspecify.annotations.Nullable;

/**
 * {@code x W + b} over the last axis.
 *
 * @param weight {@code [in, out]}
 * @param bias {@code [out]}; null for none
 */
public record Linear(NDArray weight, @Nullable NDArray bias) {

    /** One matrix product over all rows. The kernel, and so every bit, is the same with and without gradients. */
    NDArray apply(NDArray input) {
        Shape shape = input.getShape();
        Shape leading = shape.slice(0, shape.dimension() - 1);
        NDArray product = ComputeType.product(input.reshape(-1, shape.get(shape.dimension() - 1)), weight);
        return (bias == null ? product : product.add(bias))
                .reshape(leading.add(weight.getShape().get(1)));
    }
}
