package io.edgewise.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import java.util.List;

/**
 * Reads the mean value at a prompt's answers, or its difference from the mean at the wrong answers, off a row of values.
 * Each prompt's mean is over its own answers, however many.
 *
 * @param matrix {@code [batch, vocabulary]}: what each token's value counts
 */
public record AnswerWeights(NDArray matrix) {

    /** Mean at the answers less mean at the wrong answers. */
    public static AnswerWeights difference(PatchableModel model, PromptBatch batch) {
        return of(model, batch, 1, -1);
    }

    /** Mean at the answers. */
    public static AnswerWeights answers(PatchableModel model, PromptBatch batch) {
        return of(model, batch, 1, 0);
    }

    /** Mean at the wrong answers. */
    public static AnswerWeights wrongAnswers(PatchableModel model, PromptBatch batch) {
        return of(model, batch, 0, 1);
    }

    private static AnswerWeights of(PatchableModel model, PromptBatch batch, float right, float wrong) {
        int vocabulary = model.config().vocabulary();
        float[] matrix = new float[Math.multiplyExact(batch.size(), vocabulary)];
        for (int row = 0; row < batch.size(); row++) {
            PromptPair pair = batch.pairs().get(row);
            spread(matrix, row * vocabulary, pair.answers(), right);
            spread(matrix, row * vocabulary, pair.wrongAnswers(), wrong);
        }
        return new AnswerWeights(model.create(matrix, new Shape(batch.size(), vocabulary)));
    }

    private static void spread(float[] matrix, int start, List<Integer> tokens, float total) {
        for (int token : tokens) {
            matrix[start + token] += total / tokens.size();
        }
    }

    /**
     * @param values {@code [batch, vocabulary]}
     * @return {@code [batch]}
     */
    public NDArray perPrompt(NDArray values) {
        return values.mul(matrix).sum(new int[] {-1});
    }
}
