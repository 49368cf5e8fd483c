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

    /**
     * Where to write what is to be put into an array: the array itself, or one for the last position.
     *
     * @param positions has as many positions as what is to be written
     */
    public static NDArray room(NDArray positions, NDArray into) {
        if (seq(positions) == seq(into)) {
            return into;
        }
        Shape shape = into.getShape();
        int axis = shape.dimension() - 2;
        return into.getManager()
                .create(shape.slice(0, axis).add(seq(positions)).addAll(shape.slice(axis + 1)), into.getDataType());
    }

    /** Puts what was written to {@link #room} into the array. */
    public static void fill(NDArray written, NDArray into) {
        if (seq(written) != seq(into)) {
            put(written, into);
        }
    }

    private static long seq(NDArray array) {
        Shape shape = array.getShape();
        return shape.get(shape.dimension() - 2);
    }
}
