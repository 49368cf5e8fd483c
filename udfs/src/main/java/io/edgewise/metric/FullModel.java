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
 * @param answers reads the mean value at the answers
 * @param wrongAnswers reads the mean value at the wrong answers
 */
public record FullModel(
        PromptBatch batch, NDArray clean, NDArray corrupt, AnswerWeights answers, AnswerWeights wrongAnswers) {

    /** Runs both sides; the arrays belong to the caller's scope. */
    public static FullModel on(PatchableModel model, PromptBatch batch) {
        return new FullModel(
                batch,
                model.logits(model.tokens(batch, PromptSide.CLEAN)),
                model.logits(model.tokens(batch, PromptSide.CORRUPT)),
                AnswerWeights.answers(model, batch),
                AnswerWeights.wrongAnswers(model, batch));
    }

    /** Mean value at the answers less mean value at the wrong answers, a prompt each. */
    float[] differences(NDArray values) {
        float[] right = answers.perPrompt(values).toFloatArray();
        float[] wrong = wrongAnswers.perPrompt(values).toFloatArray();
        for (int prompt = 0; prompt < right.length; prompt++) {
            right[prompt] -= wrong[prompt];
        }
        return right;
    }
}
