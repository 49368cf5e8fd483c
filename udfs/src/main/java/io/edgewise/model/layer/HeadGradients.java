package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.torch.InPlace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradients at heads' inputs, from those at their queries, keys and values: back through the projection and the norm.
 *
 * <p>A norm's gradient divides by its root and multiplies by its gain. It then removes from each token's vector g the part along the normed
 * input u: {@code g - u (u . g) / d}. Layer norm also removes the mean. The root is in the gradients of the projections already.
 * {@code u . g} is the product of a projection's gradient with the projection of u, which the forward pass made, and the mean the product
 * with that of the gain.
 *
 * @param gradient of every query, key and value, {@code [i, b, s, e]}
 * @param weights of their projections, {@code [k, e, d]}, all k together i
 */
record HeadGradients(NDArray gradient, List<NDArray> weights, OfNorm norm) implements InputGradients {
    HeadGradients {
        weights = List.copyOf(weights);
    }

    /**
     * What remains to be done for the norm; each is null where the norm does no such thing.
     *
     * @param gain {@code [d]}
     * @param normed u, {@code [b, s, d]}
     * @param along {@code -(u . g) / d}, {@code [i, b, s, 1]}
     * @param mean less the mean of g, {@code [i, b, s, 1]}
     */
    record OfNorm(@Nullable NDArray gain, @Nullable NDArray normed, @Nullable NDArray along, @Nullable NDArray mean) {}

    @Override
    public int rows() {
        return (int) gradient.getShape().get(0);
    }

    @Override
    public void write(long from, long to, NDArray into) {
        NDArray some = gradient.get(":, {}:{}", from, to);
        NDArray flat = some.reshape(some.getShape().get(0), -1, some.getShape().get(3));
        NDArray rows = into.reshape(flat.getShape().get(0), flat.getShape().get(1), -1);
        long first = 0;
        for (NDArray weight : weights) {
            long last = first + weight.getShape().get(0);
            InPlace.product(flat.get("{}:{}", first, last), weight, rows.get("{}:{}", first, last));
            first = last;
        }
        if (norm.gain() != null) {
            InPlace.multiply(norm.gain(), into);
        }
        if (norm.along() != null && norm.normed() != null) {
            InPlace.addProduct(
                    norm.along().get(":, {}:{}", from, to), norm.normed().get("{}:{}", from, to), into);
        }
        if (norm.mean() != null) {
            InPlace.add(norm.mean().get(":, {}:{}", from, to), into);
        }
    }
}
