package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The gradients at heads' inputs, before the norm that they read through has taken its directions out. A norm's own gradient
 * removes from each token's vector g what lies along a few directions u, {@code g - sum_u u (u . g) / d}: of one input they are the
 * same for every head, so a product with something else needs no corrected vectors, only these few products of both.
 *
 * @param rows {@code [row, b, s, d]}
 * @param directions {@code [b * s, d, direction]}; null where nothing is taken out
 */
record HeadGradients(NDArray rows, @Nullable NDArray directions) {

    /** Adds up groups of rows: those of the first {@code count}, the next, and so on. */
    HeadGradients summedTo(int count) {
        Shape shape = rows.getShape();
        return shape.get(0) == count
                ? this
                : new HeadGradients(
                        rows.reshape(new Shape(-1, count).addAll(shape.slice(1)))
                                .sum(new int[] {0}),
                        directions);
    }

    /** The products of some vectors with the directions, {@code [row, b, s, direction]}. */
    static NDArray along(NDArray directions, NDArray vectors) {
        Shape shape = vectors.getShape();
        long tokens = shape.get(1) * shape.get(2);
        return vectors.reshape(shape.get(0), tokens, shape.get(3))
                .transpose(1, 0, 2)
                .matMul(directions)
                .transpose(1, 0, 2)
                .reshape(
                        shape.get(0),
                        shape.get(1),
                        shape.get(2),
                        directions.getShape().get(2));
    }
}
