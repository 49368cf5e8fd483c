package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;

/** A receiver of the logits of one circuit. */
@FunctionalInterface
public interface CircuitLogits {
    /**
     * Takes the logits of one circuit.
     *
     * @param place of the circuit among all
     * @param logits {@code [batch, seq?, vocabulary]}, freed after the call
     */
    void accept(int place, NDArray logits);
}
