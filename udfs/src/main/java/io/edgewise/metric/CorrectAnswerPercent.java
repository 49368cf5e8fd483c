package io.edgewise.metric;

import ai.djl.ndarray.NDArray;
import io.edgewise.prompt.PromptPair;
import java.util.List;

/**
 * {@code correct_answer_percent}, {@code correct_answer_greater_than_incorrect_percent}: percentage of prompts where an
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
        List<PromptPair> pairs = full.batch().pairs();
        return new double[] {among == Among.VOCABULARY ? bestOfAll(logits, pairs) : bestOfGiven(logits, pairs)};
    }

    private static int bestOfAll(NDArray logits, List<PromptPair> pairs) {
        long[] best = logits.argMax(-1).toLongArray();
        int correct = 0;
        for (int row = 0; row < best.length; row++) {
            correct += pairs.get(row).answers().contains((int) best[row]) ? 1 : 0;
        }
        return correct;
    }

    private static int bestOfGiven(NDArray logits, List<PromptPair> pairs) {
        int vocabulary = Math.toIntExact(logits.getShape().get(1));
        float[] values = logits.toFloatArray();
        int correct = 0;
        for (int row = 0; row < pairs.size(); row++) {
            int start = row * vocabulary;
            float right = highest(values, start, pairs.get(row).answers());
            float wrong = highest(values, start, pairs.get(row).wrongAnswers());
            correct += right >= wrong ? 1 : 0;
        }
        return correct;
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
