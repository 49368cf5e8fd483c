package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import java.util.function.Function;

/** The loss of each prompt of a batch that was run several times at once. Its mean over the prompts of a run is the run's loss. */
record PromptLosses(GradFunction gradFunction, Function<NDArray, double[]> ofValues) {

    static PromptLosses of(
            PatchableModel model, PromptBatch batch, GradFunction gradFunction, AnswerFunction answerFunction) {
        return new PromptLosses(gradFunction, answerFunction.losses(model, batch));
    }

    /**
     * The losses of all prompts, run by run.
     *
     * @param logits {@code [run * batch, seq?, vocabulary]}
     */
    double[] of(NDArray logits) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return ofValues.apply(gradFunction.apply(logits));
        }
    }
}
