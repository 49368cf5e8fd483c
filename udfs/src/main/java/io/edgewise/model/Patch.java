package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.stream.PatchActivations;
import org.jspecify.annotations.Nullable;

/**
 * What patched edges carry, for gradients of masks.
 *
 * @param logits of the run that patches are from, at the output slice, {@code [batch, seq?, vocabulary]}; null where they are from no run
 */
public record Patch(PatchActivations activations, @Nullable NDArray logits) {

    /**
     * Activations that are known for every source.
     *
     * @param array {@code [source, batch, seq, d_model]}
     */
    public static Patch of(PatchableModel model, NDArray array) {
        return new Patch(PatchActivations.of(model.graph(), array), null);
    }
}
