package io.edgewise.metric;

import ai.djl.ndarray.NDArray;

/** {@code answer_diff}: mean logit at the answers less mean logit at the wrong answers, mean over prompts. */
public record AnswerDifference() implements CircuitMetric {
    @Override
    public String name() {
        return "answer_diff";
    }

    @Override
    public int sums() {
        return 1;
    }

    @Override
    public double[] measure(NDArray logits, FullModel full) {
        return new double[] {Sums.of(full.difference().perPrompt(logits))};
    }

    @Override
    public double finish(double[] sums, long prompts) {
        return sums[0] / prompts;
    }
}
