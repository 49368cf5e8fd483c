package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.torch.InPlace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradients at heads' inputs, from those at their queries, keys and values: back through the projection and the norm.
 *
 * <p>A norm's gradient divides by its root and multiplies by its gain. It then removes from each token's vector g the part along the normed
 * input u: {@code g - u (u . g) / d}. Layer norm also removes the mean. The root is in the gradients of the projections already, gain and mean
 * are in the weights. {@code u . g} is the product of a projection's gradient with the projection of u, which the forward pass made.
 *
 * @param gradient of every query, key and value, {@code [i, b, s, e]}
 * @param weights of their projections, {@code [k, e, d]}, all k together i
 * @param along {@code -(u . g) / d}, {@code [i, b, s, 1]}; null where the norm removes nothing
 * @param normed u, {@code [b, s, d]}; null where the norm removes nothing
 */
record HeadGradients(NDArray gradient, List<NDArray> weights, @Nullable NDArray along, @Nullable NDArray normed)
        implements InputGradients {
    HeadGradients {
        weights = List.copyOf(weights);
    }

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
        if (along != null && normed != null) {
            InPlace.addProduct(along.get(":, {}:{}", from, to), normed.get("{}:{}", from, to), into);
        }
    }
}
