package io.edgewise.metric;

import ai.djl.ndarray.NDArray;
import io.edgewise.prompt.Answers;
import io.edgewise.prompt.PromptPair;
import java.util.List;
import java.util.function.Function;

/**
 * {@code correct_answer_percent}, {@code correct_answer_greater_than_incorrect_percent}: percentage of prompts (and positions
 * of the output slice) where an
 * answer has the highest logit of the whole vocabulary, or of the answers and wrong answers. AutoCircuit allows one answer a
 * prompt; here any of several is right.
 */
public record CorrectAnswerPercent(Among among) implements CircuitMetric {

    /** The tokens that an answer has to beat. */
    public enum Among {
        VOCABULARY("correct_answer_percent"),
        GIVEN_ANSWERS("correct_answer_greater_than_incorrect_percent");

        private final String metric;

        Among(String metric) {
            this.metric = metric;
        }
    }

    @Override
    public String name() {
        return among.metric;
    }

    @Override
    public int sums() {
        return 1;
    }

    @Override
    public double[] measure(NDArray logits, FullModel full) {
        double correct = among == Among.VOCABULARY ? bestOfAll(logits, full) : bestOfGiven(logits, full);
        return new double[] {correct / full.positions()};
    }

    private static int bestOfAll(NDArray logits, FullModel full) {
        List<List<Integer>> answers = byPlace(full, PromptPair::answers);
        long[] best = logits.argMax(-1).toLongArray();
        int correct = 0;
        for (int place = 0; place < best.length; place++) {
            correct += answers.get(place).contains((int) best[place]) ? 1 : 0;
        }
        return correct;
    }

    private static int bestOfGiven(NDArray logits, FullModel full) {
        List<List<Integer>> answers = byPlace(full, PromptPair::answers);
        List<List<Integer>> wrongAnswers = byPlace(full, PromptPair::wrongAnswers);
        float[] values = logits.toFloatArray();
        int vocabulary = values.length / answers.size();
        int correct = 0;
        for (int place = 0; place < answers.size(); place++) {
            float right = highest(values, place * vocabulary, answers.get(place));
            float wrong = highest(values, place * vocabulary, wrongAnswers.get(place));
            correct += right >= wrong ? 1 : 0;
        }
        return correct;
    }

    /** The answers of each prompt at each position. */
    private static List<List<Integer>> byPlace(FullModel full, Function<PromptPair, Answers> which) {
        return full.batch().pairs().stream()
                .map(which)
                .flatMap(answers -> ((Answers.Tokens) answers).byPosition().stream())
                .toList();
    }

    private static float highest(float[] values, int start, List<Integer> tokens) {
        float highest = Float.NEGATIVE_INFINITY;
        for (int token : tokens) {
            highest = Math.max(highest, values[start + token]);
        }
        return highest;
    }

    @Override
    public double finish(double[] sums, long prompts) {
        return 100 * sums[0] / prompts;
    }
}
