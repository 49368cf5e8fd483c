package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** A receiver of the outputs of runs with one patched edge each. */
@FunctionalInterface
public interface EdgeLogits {
    /**
     * Takes the outputs of some runs.
     *
     * @param edges the edge that each run patched, by its place in the canonical order
     * @param logits at the output slice, {@code [edge * batch, seq?, vocabulary]}, edge by edge; freed after the call
     */
    void accept(List<Integer> edges, NDArray logits);
}
