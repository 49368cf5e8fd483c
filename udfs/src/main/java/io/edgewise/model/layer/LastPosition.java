package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.torch.InPlace;
import java.util.function.Consumer;

/**
 * Arrays {@code [..., seq, d_model]} of the last position alone. Where the output is that position's, the last block is computed only there, and
 * nothing that it writes elsewhere counts.
 */
public final class LastPosition {
    private LastPosition() {}

    public static NDArray of(NDArray array) {
        return array.get("..., -1:, :");
    }

    /** As many positions of an array as another has: all, or the last. */
    public static NDArray like(NDArray other, NDArray array) {
        return seq(array) == seq(other) ? array : of(array);
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
     * Has an array of all positions, or the last, written where it is to be put.
     *
     * @param positions has as many positions as what is written
     * @param into of all positions
     * @param write fills the array that it is given
     * @return what was written
     */
    public static NDArray write(NDArray positions, NDArray into, Consumer<NDArray> write) {
        if (seq(positions) == seq(into)) {
            write.accept(into);
            return into;
        }
        Shape shape = into.getShape();
        int axis = shape.dimension() - 2;
        Shape narrow = shape.slice(0, axis).add(seq(positions)).addAll(shape.slice(axis + 1));
        NDArray written = into.getManager().create(narrow, into.getDataType());
        write.accept(written);
        put(written, into);
        return written;
    }

    private static long seq(NDArray array) {
        Shape shape = array.getShape();
        return shape.get(shape.dimension() - 2);
    }
}
