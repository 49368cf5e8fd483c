package io.edgewise.metric;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;

/**
 * What the whole model makes of a batch: what circuits are measured against.
 *
 * @param clean logits on the clean prompts, {@code [batch, vocabulary]}
 * @param corrupt logits on the corrupt prompts
 */
public record FullModel(PromptBatch batch, NDArray clean, NDArray corrupt, AnswerWeights difference) {

    /** Runs both sides; the arrays belong to the caller's scope. */
    public static FullModel on(PatchableModel model, PromptBatch batch) {
        return new FullModel(
                batch,
                model.logits(model.tokens(batch, PromptSide.CLEAN)),
                model.logits(model.tokens(batch, PromptSide.CORRUPT)),
                AnswerWeights.difference(model, batch));
    }
}
