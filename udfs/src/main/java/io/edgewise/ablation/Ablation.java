package io.edgewise.ablation;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import java.io.Serializable;

/**
 * What ablated edges carry.
 *
 * @param side the prompts whose activations they are
 */
public record Ablation(AblationType type, PromptSide side) implements Serializable {

    public static Ablation resample(PromptSide side) {
        return new Ablation(AblationType.RESAMPLE, side);
    }

    /** The ablation activations of a batch, {@code [source, batch, seq, d_model]}, in the caller's scope. */
    public NDArray activations(PatchableModel model, PromptBatch batch) {
        return model.sources(model.tokens(batch, side));
    }
}
