package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import io.edgewise.metric.AnswerWeights;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;

/** The loss whose gradient is taken; AutoCircuit's {@code answer_function}. */
public enum AnswerFunction {
    /** Less the mean over prompts of (mean value at the answers - mean value at the wrong answers). */
    AVG_DIFF {
        @Override
        AnswerWeights weights(PatchableModel model, PromptBatch batch) {
            return AnswerWeights.difference(model, batch);
        }
    },
    /** Less the mean over prompts of the mean value at the answers. */
    AVG_VAL {
        @Override
        AnswerWeights weights(PatchableModel model, PromptBatch batch) {
            return AnswerWeights.answers(model, batch);
        }
    };

    abstract AnswerWeights weights(PatchableModel model, PromptBatch batch);

    /**
     * The loss of a batch.
     *
     * @param values {@code [batch, vocabulary]}
     * @return one number: less the mean over the batch's prompts
     */
    static NDArray loss(NDArray values, AnswerWeights weights) {
        return weights.perPrompt(values).mean().neg();
    }
}
