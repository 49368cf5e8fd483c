package io.edgewise.score.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.metric.AnswerPlaces;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;

/**
 * The mean value at the answers less the mean value at the wrong answers, of each prompt at each position; gradients flow through it.
 *
 * @param ofRight takes each prompt's mean over its answers, {@code [prompt and position, answer]}
 * @param ofWrong the same for wrong answers
 */
record AnswerDifferences(AnswerPlaces right, NDArray ofRight, AnswerPlaces wrong, NDArray ofWrong) {

    static AnswerDifferences of(PatchableModel model, PromptBatch batch) {
        AnswerPlaces right = AnswerPlaces.answers(model, batch);
        AnswerPlaces wrong = AnswerPlaces.wrongAnswers(model, batch);
        return new AnswerDifferences(right, means(model, right), wrong, means(model, wrong));
    }

    /**
     * The differences, {@code [prompt and position]}.
     *
     * @param values {@code [batch, seq?, vocabulary]}
     */
    NDArray of(NDArray values) {
        NDArray flat = values.reshape(-1);
        return ofRight.matMul(flat.take(right.places())).sub(ofWrong.matMul(flat.take(wrong.places())));
    }

    private static NDArray means(PatchableModel model, AnswerPlaces places) {
        int rows = places.counts().size();
        int columns = (int) places.places().size();
        float[] means = new float[rows * columns];
        int next = 0;
        for (int row = 0; row < rows; row++) {
            int count = places.counts().get(row);
            for (int i = 0; i < count; i++) {
                means[row * columns + next++] = 1f / count;
            }
        }
        return model.create(means, new Shape(rows, columns));
    }
}
