package io.edgewise.model.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Multiplies by a number, or adds one, inside a graph of gradients. DJL's own {@code mul(Number)} lends PyTorch a Java buffer that the
 * graph keeps a pointer to but Java's garbage collector doesn't know of: the backward pass may read memory that is gone. Here the
 * number lies in PyTorch's own memory. It is made on the device, so a GPU isn't waited for.
 */
public final class Scale {
    private Scale() {}

    public static NDArray by(double factor, NDArray array) {
        return array.mul(array.getManager().full(new Shape(), (float) factor, array.getDataType()));
    }

    public static NDArray plus(double number, NDArray array) {
        return array.add(array.getManager().full(new Shape(), (float) number, array.getDataType()));
    }

    /** Caps numbers smoothly between {@code -cap} and {@code cap}. */
    public static NDArray softCap(double cap, NDArray array) {
        return by(cap, by(1 / cap, array).tanh());
    }
}
