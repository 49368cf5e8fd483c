package io.edgewise.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.config.OutputTokens;
import io.edgewise.prompt.Answers;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The places of a batch's answers among the values of all tokens that the model gives, and the mean of the values there. Each prompt's mean at a position is
 * over its own answers there, however many there are.
 *
 * @param places of the answers in the flat {@code [batch, seq?, vocabulary]}
 * @param weights the weight of each answer in the mean over prompts, positions and answers; as many as places
 * @param counts how many answers each prompt has at each position, by prompt and position
 * @param positions of the output slice
 */
public record AnswerPlaces(NDArray places, NDArray weights, List<Integer> counts, int positions) {

    /** The places of the right answers. */
    public static AnswerPlaces answers(PatchableModel model, PromptBatch batch) {
        return of(model, batch, PromptPair::answers);
    }

    /** The places of the wrong answers. */
    public static AnswerPlaces wrongAnswers(PatchableModel model, PromptBatch batch) {
        return of(model, batch, PromptPair::wrongAnswers);
    }

    /** The places of the wrong answers of those prompts that have some; null where none has right and wrong answers. */
    public static @Nullable AnswerPlaces wrongAnswersIfAny(PatchableModel model, PromptBatch batch) {
        return withBoth(batch) > 0 ? wrongAnswers(model, batch) : null;
    }

    /** How many prompts have right and wrong answers. */
    public static int withBoth(PromptBatch batch) {
        return (int) batch.pairs().stream()
                .filter(pair ->
                        pair.answers() instanceof Answers.Tokens && pair.wrongAnswers() instanceof Answers.Tokens)
                .count();
    }

    /** The tokens that are a right or a wrong answer of any prompt. */
    public static OutputTokens tokens(PromptBatch batch) {
        return OutputTokens.of(batch.pairs().stream()
                .flatMap(pair -> Stream.of(pair.answers(), pair.wrongAnswers()))
                .filter(Answers.Tokens.class::isInstance)
                .flatMap(answers -> ((Answers.Tokens) answers).byPosition().stream())
                .flatMap(List::stream)
                .toList());
    }

    private static AnswerPlaces of(PatchableModel model, PromptBatch batch, Function<PromptPair, Answers> which) {
        List<List<Integer>> answers = batch.pairs().stream()
                .flatMap(pair -> tokens(pair, which.apply(pair)).stream())
                .toList();
        long outputs = model.outputs().count(model.config().outputVocabulary());
        List<Long> places = new ArrayList<>();
        List<Float> weights = new ArrayList<>();
        for (int group = 0; group < answers.size(); group++) {
            for (int token : answers.get(group)) {
                places.add(group * outputs + model.outputs().place(token));
                weights.add(1f / answers.size() / answers.get(group).size());
            }
        }
        float[] flatWeights = new float[weights.size()];
        for (int i = 0; i < flatWeights.length; i++) {
            flatWeights[i] = weights.get(i);
        }
        Shape shape = new Shape(flatWeights.length);
        return new AnswerPlaces(
                model.create(places.stream().mapToLong(Long::longValue).toArray(), shape),
                model.create(flatWeights, shape),
                answers.stream().map(List::size).toList(),
                answers.size() / batch.size());
    }

    /** The tokens at each position: none where a prompt has only the other kind of answers. */
    private static List<List<Integer>> tokens(PromptPair pair, Answers answers) {
        if (answers instanceof Answers.Tokens tokens) {
            return tokens.byPosition();
        }
        if (answers instanceof Answers.Unused && pair.answers() instanceof Answers.Tokens right) {
            return Collections.nCopies(right.byPosition().size(), List.of());
        }
        throw new IllegalArgumentException(
                "Wanted answers that are tokens, got " + answers.getClass().getSimpleName());
    }

    private NDArray pick(NDArray values) {
        return values.reshape(-1).take(places);
    }

    /**
     * The mean over prompts, positions and answers, through which gradients flow.
     *
     * @param values {@code [batch, seq?, vocabulary]}
     * @return one number
     */
    public NDArray mean(NDArray values) {
        return pick(values).mul(weights).sum();
    }

    /**
     * The mean over the answers of each prompt at each position, in Java memory, row-major {@code [batch, seq?]}.
     *
     * @param values {@code [batch, seq?, vocabulary]}
     */
    public double[] means(NDArray values) {
        double[] means = folded(values, 0, Double::sum);
        Arrays.setAll(means, group -> means[group] / counts.get(group));
        return means;
    }

    /**
     * The highest value among the answers of each prompt at each position, in Java memory, row-major {@code [batch, seq?]}.
     *
     * @param values {@code [batch, seq?, vocabulary]}
     */
    double[] highest(NDArray values) {
        return folded(values, Double.NEGATIVE_INFINITY, Math::max);
    }

    private double[] folded(NDArray values, double first, DoubleBinaryOperator with) {
        float[] picked = pick(values).toFloatArray();
        double[] folded = new double[counts.size()];
        int next = 0;
        for (int group = 0; group < folded.length; group++) {
            folded[group] = first;
            for (int i = 0; i < counts.get(group); i++) {
                folded[group] = with.applyAsDouble(folded[group], picked[next++]);
            }
        }
        return folded;
    }
}
