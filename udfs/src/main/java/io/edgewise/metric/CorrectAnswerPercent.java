package io.edgewise.metric;

import ai.djl.ndarray.NDArray;

/**
 * {@code correct_answer_percent}: percentage of prompts whose highest logit of all is an answer's. AutoCircuit allows one
 * answer a prompt; here any of several is right.
 */
public record CorrectAnswerPercent() implements CircuitMetric {
    @Override
    public String name() {
        return "correct_answer_percent";
    }

    @Override
    public int sums() {
        return 1;
    }

    @Override
    public double[] measure(NDArray logits, FullModel full) {
        long[] best = logits.argMax(-1).toLongArray();
        int correct = 0;
        for (int row = 0; row < best.length; row++) {
            if (full.batch().pairs().get(row).answers().contains((int) best[row])) {
                correct++;
            }
        }
        return new double[] {correct};
    }

    @Override
    public double finish(double[] sums, long prompts) {
        return 100 * sums[0] / prompts;
    }
}
