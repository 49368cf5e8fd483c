package io.edgewise.model.torch;

import ai.djl.ndarray.NDArray;

/** Distances between vectors. */
public final class Distances {
    private static final TorchFunction L1 = new TorchFunction("x, y", "torch.cdist(x, y, 1.)");

    private Distances() {}

    /** The L1 distances of {@code x [n, i, d]} and {@code y [n, j, d]}, {@code [n, i, j]}. */
    public static NDArray l1(NDArray x, NDArray y) {
        return L1.apply(x, y);
    }
}
