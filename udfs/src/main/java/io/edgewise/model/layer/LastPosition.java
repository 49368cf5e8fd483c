package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.torch.InPlace;

/**
 * Arrays {@code [..., seq, d_model]} of the last position alone. Where the output is that position's, the last block is computed only there, and
 * nothing that it writes elsewhere counts.
 */
public final class LastPosition {
    private LastPosition() {}

    /** As many positions of an array as another has: all, or the last. */
    public static NDArray like(NDArray other, NDArray array) {
        return seq(array) == seq(other) ? array : array.get("..., -1:, :");
    }

    /**
     * Copies an array, or puts it at the last position, with zeros at the others.
     *
     * @param array of all positions, or the last
     * @param into of all positions
     */
    public static void put(NDArray array, NDArray into) {
        if (seq(array) != seq(into)) {
            InPlace.zero(into);
        }
        InPlace.copy(array, like(array, into));
    }

    private static long seq(NDArray array) {
        Shape shape = array.getShape();
        return shape.get(shape.dimension() - 2);
    }
}
