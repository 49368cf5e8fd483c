package io.edgewise.metric;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.Answers;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The whole model's outputs on a batch, which circuits are measured against.
 *
 * @param positions of the output slice
 * @param clean logits on the clean prompts, {@code [batch, seq?, vocabulary]}
 * @param corrupt logits on the corrupt prompts; null where some prompts have none
 * @param right where the right answers are; null where answers aren't used
 * @param wrong where the wrong answers are; null where no prompt has any
 * @param targets answers that are numbers, as {@link AnswerValues} has them; null where answers are none
 */
public record FullModel(
        PromptBatch batch,
        int positions,
        NDArray clean,
        @Nullable NDArray corrupt,
        @Nullable AnswerPlaces right,
        @Nullable AnswerPlaces wrong,
        @Nullable NDArray targets) {

    /** Runs the sides that there are; the arrays belong to the caller's scope. */
    public static FullModel on(PatchableModel model, PromptBatch batch) {
        boolean hasAnswers = batch.pairs().get(0).answers() instanceof Answers.Tokens;
        return new FullModel(
                batch,
                model.outputSlice().positions(batch.length()),
                model.logits(model.tokens(batch, PromptSide.CLEAN)),
                batch.hasCorrupt() ? model.logits(model.tokens(batch, PromptSide.CORRUPT)) : null,
                hasAnswers ? AnswerPlaces.answers(model, batch) : null,
                AnswerPlaces.wrongAnswersIfAny(model, batch),
                batch.pairs().get(0).answers() instanceof Answers.Values ? AnswerValues.of(model, batch) : null);
    }

    AnswerPlaces answers() {
        return Objects.requireNonNull(right, "This metric needs answers");
    }

    AnswerPlaces wrongAnswers() {
        return Objects.requireNonNull(wrong, "This metric needs wrong answers");
    }

    /** Mean value at the answers less mean value at the wrong answers, of each prompt at each position. */
    double[] differences(NDArray values) {
        double[] differences = answers().means(values);
        double[] subtracted = wrongAnswers().means(values);
        for (int place = 0; place < differences.length; place++) {
            differences[place] -= subtracted[place];
        }
        return differences;
    }

    /**
     * Mean value at the answers less mean value at the wrong answers, of each prompt at the last position.
     *
     * @param values {@code [batch, seq?, vocabulary]}
     * @return one number per prompt; not a number where it has no right and wrong answers
     */
    public double[] lastDifferences(NDArray values) {
        double[] last = new double[batch.size()];
        if (right == null || wrong == null) {
            Arrays.fill(last, Double.NaN);
            return last;
        }
        double[] all = differences(values);
        int places = all.length / last.length;
        Arrays.setAll(last, prompt -> all[(prompt + 1) * places - 1]);
        return last;
    }

    /** Each prompt's sum over positions, of values {@code [batch, seq?]}. */
    double[] sums(double[] values) {
        double[] sums = new double[batch.size()];
        for (int place = 0; place < values.length; place++) {
            sums[place / positions] += values[place];
        }
        return sums;
    }

    /** Each prompt's mean over positions, of values {@code [batch, seq?]}. */
    double[] perPrompt(double[] values) {
        double[] means = sums(values);
        Arrays.setAll(means, prompt -> means[prompt] / positions);
        return means;
    }

    /** Each prompt's mean over positions, of values {@code [batch, seq?]}. */
    double[] perPrompt(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, place -> values[place]);
        return perPrompt(wide);
    }
}
