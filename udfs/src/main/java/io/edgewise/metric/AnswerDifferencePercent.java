package io.edgewise.metric;

import ai.djl.ndarray.NDArray;

/**
 * {@code answer_diff_percent}: the mean answer difference as a percentage of the full model's on the clean prompts (ratio
 * of the means).
 */
public record AnswerDifferencePercent() implements CircuitMetric {
    @Override
    public String name() {
        return "answer_diff_percent";
    }

    @Override
    public int sums() {
        return 2;
    }

    @Override
    public double[] measure(NDArray logits, FullModel full) {
        return new double[] {
            Sums.of(full.difference().perPrompt(logits)),
            Sums.of(full.difference().perPrompt(full.clean()))
        };
    }

    @Override
    public double finish(double[] sums, long prompts) {
        return 100 * sums[0] / sums[1];
    }
}
