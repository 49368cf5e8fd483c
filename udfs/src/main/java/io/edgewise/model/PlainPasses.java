package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.torch.DeviceWork;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;

/**
 * Plain forward and backward passes, which scores and circuits are compared with. A pass ends when its last number has been
 * read.
 */
public record PlainPasses(PatchableModel model, PromptBatch batch) {

    /** One forward pass that unembeds the output slice. */
    public void forward() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            DeviceWork.await(model.logits(model.tokens(batch, PromptSide.CLEAN)));
        }
    }

    /** One forward pass that unembeds every position. */
    public void forwardAllPositions() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            DeviceWork.await(model.forward(model.tokens(batch, PromptSide.CLEAN)));
        }
    }

    /** One forward pass, and one backward pass to the embedding; weights get no gradients. */
    public void forwardBackward() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray tap = model.zeros(
                    new Shape(batch.size(), batch.length(), model.config().modelWidth()));
            tap.setRequiresGradient(true);
            model.withGradients(
                    model.tokens(batch, PromptSide.CLEAN),
                    "blocks.0.hook_resid_pre",
                    (name, activation) -> activation.add(tap));
            DeviceWork.await(tap.getGradient());
        }
    }
}
