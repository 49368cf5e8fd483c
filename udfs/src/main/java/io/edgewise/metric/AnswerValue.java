package io.edgewise.metric;

import ai.djl.ndarray.NDArray;
import io.edgewise.prompt.AnswerKind;
import io.edgewise.prompt.PromptNeeds;

/** {@code answer_value}, {@code wrong_answer_value}: mean value at the (wrong) answers, mean over prompts. */
public record AnswerValue(Which which, TokenValues values) implements CircuitMetric {

    /** Whose value. */
    public enum Which {
        ANSWERS("answer_value"),
        WRONG_ANSWERS("wrong_answer_value");

        private final String metric;

        Which(String metric) {
            this.metric = metric;
        }
    }

    @Override
    public String name() {
        return which.metric + values.suffix();
    }

    @Override
    public PromptNeeds needs() {
        return which == Which.ANSWERS
                ? PromptNeeds.answers(AnswerKind.TOKENS, option())
                : PromptNeeds.bothAnswers(option());
    }

    @Override
    public CurveAxes axes() {
        return values == TokenValues.LOGPROB && which == Which.ANSWERS ? CurveAxes.logBoth(1e-6) : CurveAxes.logSizes();
    }

    @Override
    public int sums() {
        return 1;
    }

    @Override
    public double[][] measure(NDArray logits, FullModel full) {
        AnswerPlaces places = which == Which.ANSWERS ? full.answers() : full.wrongAnswers();
        return new double[][] {full.perPrompt(places.means(values.of(logits)))};
    }

    @Override
    public double finish(double[] sums, long prompts) {
        return sums[0] / prompts;
    }
}
