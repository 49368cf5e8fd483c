package io.edgewise.metric;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/**
 * {@code answer_diff_percent}: the answer difference as a percentage of the full model's on the clean prompts. The mean of the ratios is
 * large wherever one prompt's full difference is near zero; the ratio of the means is not. Where the output slice has several positions,
 * each counts as a case of its own.
 */
public record AnswerDifferencePercent(TokenValues values, Mean mean) implements CircuitMetric {

    /** Whether the mean over prompts or the ratio is taken first. */
    public enum Mean {
        RATIO_OF_MEANS(""),
        MEAN_OF_RATIOS("_mean_of_ratios");

        private final String suffix;

        Mean(String suffix) {
            this.suffix = suffix;
        }
    }

    @Override
    public String name() {
        return "answer_diff_percent" + values.suffix() + mean.suffix;
    }

    @Override
    public int sums() {
        return 2;
    }

    @Override
    public double[][] measure(NDArray logits, FullModel full) {
        double[] circuit = full.differences(values.of(logits));
        double[] whole = full.differences(values.of(full.clean()));
        if (mean == Mean.RATIO_OF_MEANS) {
            return new double[][] {full.perPrompt(circuit), full.perPrompt(whole)};
        }
        double[] ratios = new double[circuit.length];
        Arrays.setAll(ratios, place -> circuit[place] / whole[place]);
        double[] cases = new double[full.batch().size()];
        Arrays.fill(cases, full.positions());
        return new double[][] {full.sums(ratios), cases};
    }

    @Override
    public double finish(double[] sums, long prompts) {
        return 100 * sums[0] / sums[1];
    }
}
