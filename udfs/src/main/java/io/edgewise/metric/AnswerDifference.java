package io.edgewise.metric;

import ai.djl.ndarray.NDArray;

/** {@code answer_diff}: mean value at the answers less mean value at the wrong answers, mean over prompts. */
public record AnswerDifference(TokenValues values) implements CircuitMetric {
    @Override
    public String name() {
        return "answer_diff" + values.suffix();
    }

    @Override
    public CurveAxes axes() {
        return values == TokenValues.LOGPROB ? CurveAxes.logBoth(1e-6) : CurveAxes.logSizes();
    }

    @Override
    public int sums() {
        return 1;
    }

    @Override
    public double[][] measure(NDArray logits, FullModel full) {
        return new double[][] {full.perPrompt(full.differences(values.of(logits)))};
    }

    @Override
    public double finish(double[] sums, long prompts) {
        return sums[0] / prompts;
    }
}
