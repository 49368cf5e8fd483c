package io.edgewise.metric;

import ai.djl.ndarray.NDArray;
import io.edgewise.prompt.AnswerKind;
import io.edgewise.prompt.Answers;
import io.edgewise.prompt.PromptNeeds;
import java.util.Arrays;
import java.util.List;

/**
 * {@code correct_answer_percent}, {@code correct_answer_greater_than_incorrect_percent}: percentage of prompts (and positions of the output
 * slice) where an answer has the highest logit of the whole vocabulary, or of the answers and wrong answers. AutoCircuit allows one answer
 * per prompt; here a prompt may have several, and any of them is right.
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
    public PromptNeeds needs() {
        return among == Among.VOCABULARY
                ? PromptNeeds.answers(AnswerKind.TOKENS, option())
                : PromptNeeds.bothAnswers(option());
    }

    @Override
    public int sums() {
        return 1;
    }

    @Override
    public double[][] measure(NDArray logits, FullModel full) {
        double[] correct = among == Among.VOCABULARY
                ? bestOfAll(logits, full)
                : bestOfGiven(logits, full.answers(), full.wrongAnswers());
        return new double[][] {full.perPrompt(correct)};
    }

    /**
     * On how many prompts of a batch an answer has at least the logit of every wrong answer; with several output positions, the share of them counts.
     * Prompts without wrong answers don't count.
     *
     * @param logits {@code [batch, seq?, vocabulary]}
     */
    public static double right(NDArray logits, AnswerPlaces answers, AnswerPlaces wrongAnswers) {
        return Arrays.stream(bestOfGiven(logits, answers, wrongAnswers)).sum() / answers.positions();
    }

    /** 1 where an answer is the best token, else 0, {@code [batch, seq?]}. */
    private static double[] bestOfAll(NDArray logits, FullModel full) {
        List<List<Integer>> answers = full.batch().pairs().stream()
                .flatMap(pair -> ((Answers.Tokens) pair.answers()).byPosition().stream())
                .toList();
        long[] best = logits.argMax(-1).toLongArray();
        double[] correct = new double[best.length];
        Arrays.setAll(correct, place -> answers.get(place).contains((int) best[place]) ? 1 : 0);
        return correct;
    }

    /** 1 where an answer has at least the logit of every wrong answer, else 0, {@code [batch, seq?]}. */
    private static double[] bestOfGiven(NDArray logits, AnswerPlaces answers, AnswerPlaces wrongAnswers) {
        double[] right = answers.highest(logits);
        double[] wrong = wrongAnswers.highest(logits);
        double[] correct = new double[right.length];
        Arrays.setAll(correct, place -> wrongAnswers.counts().get(place) > 0 && right[place] >= wrong[place] ? 1 : 0);
        return correct;
    }

    @Override
    public double finish(double[] sums, long prompts) {
        return 100 * sums[0] / prompts;
    }
}
