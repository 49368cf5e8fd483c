package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.config.OutputTokens;
import io.edgewise.model.torch.ComputeType;
import io.edgewise.model.torch.Select;
import org.jspecify.annotations.Nullable;

/**
 * {@code x W + b} over the last axis.
 *
 * @param weight {@code [in, out]}
 * @param bias {@code [out]}; null for none
 */
public record Linear(NDArray weight, @Nullable NDArray bias) {

    /**
     * What makes of a norm without gain and bias what this makes of the norm, in memory of its own. The matrix lies as {@code [out, in]} in memory: gradients at the
     * input are sums of its rows, which are fast to add up where they lie in one piece.
     */
    Linear after(Norm norm) {
        NDArray rows = weight.transpose().reshape(-1).reshape(weight.getShape().get(1), -1);
        NDArray folded = norm.gain() == null ? rows.duplicate() : norm.inWeights(rows);
        return new Linear(folded.transpose(), constantAfter(norm));
    }

    private @Nullable NDArray constantAfter(Norm norm) {
        NDArray ofNorm = norm.bias();
        if (ofNorm != null) {
            return apply(ofNorm.expandDims(0)).squeeze(0);
        }
        return bias == null ? null : bias.duplicate();
    }

    /** The same with some of its outputs alone. */
    Linear of(OutputTokens tokens) {
        return tokens.areAll()
                ? this
                : new Linear(
                        Select.columns(weight, tokens.some()), bias == null ? null : Select.of(bias, tokens.some()));
    }

    /** One matrix product over all rows. The kernel, and so every bit, is the same with and without gradients. */
    NDArray apply(NDArray input) {
        Shape shape = input.getShape();
        Shape leading = shape.slice(0, shape.dimension() - 1);
        NDArray product = ComputeType.product(input.reshape(-1, shape.get(shape.dimension() - 1)), weight);
        return (bias == null ? product : product.add(bias))
                .reshape(leading.add(weight.getShape().get(1)));
    }
}
