package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.torch.Scale;

/**
 * A norm of queries or keys, {@code [b, n, s, e]}, with a weight for each head. Where query heads that share a key are given one each, n is
 * a multiple of the number of weights.
 *
 * @param weight {@code [head, 1, e]}
 * @param isOfAll whether all heads together are divided by one root; else each by its own
 * @param isCentring whether the mean is taken out of every vector
 */
public record HeadsNorm(NDArray weight, boolean isOfAll, boolean isCentring, double epsilon) implements Norm {
    private static final int[] OVER_ONE_HEAD = {3};
    private static final int[] OVER_HEADS = {1};

    @Override
    public NDArray apply(NDArray input) {
        return ofChange(input, input);
    }

    @Override
    public NDArray root(NDArray input) {
        NDArray centred = centred(input);
        NDArray ofEach = centred.mul(centred).mean(OVER_ONE_HEAD, true);
        return Scale.plus(epsilon, isOfAll ? ofEach.mean(OVER_HEADS, true) : ofEach)
                .sqrt();
    }

    @Override
    public NDArray gain() {
        return weight;
    }

    @Override
    public NDArray normed(NDArray input) {
        return centred(input).div(root(input));
    }

    @Override
    public NDArray ofChange(NDArray input, NDArray change) {
        return centred(change).div(root(input)).mul(repeated(input.getShape().get(1)));
    }

    private NDArray centred(NDArray input) {
        return isCentring ? input.sub(input.mean(OVER_ONE_HEAD, true)) : input;
    }

    private NDArray repeated(long heads) {
        Shape shape = weight.getShape();
        long times = heads / shape.get(0);
        return times == 1
                ? weight
                : weight.expandDims(1)
                        .broadcast(shape.get(0), times, 1, shape.get(2))
                        .reshape(heads, 1, shape.get(2));
    }
}
