package io.edgewise.metric;

import ai.djl.ndarray.NDArray;

/**
 * {@code answer_diff_percent}: the answer difference as a percentage of the full model's on the clean prompts. The mean of
 * the ratios is large wherever one prompt's full difference is near zero; the ratio of the means is not.
 */
public record AnswerDifferencePercent(TokenValues values, Mean mean) implements CircuitMetric {

    /** Which is taken first, the mean over prompts or the ratio. */
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
    public double[] measure(NDArray logits, FullModel full) {
        float[] circuit = full.differences(values.of(logits));
        float[] whole = full.differences(values.of(full.clean()));
        if (mean == Mean.RATIO_OF_MEANS) {
            return new double[] {Sums.of(circuit), Sums.of(whole)};
        }
        double ratios = 0;
        for (int prompt = 0; prompt < circuit.length; prompt++) {
            ratios += (double) circuit[prompt] / whole[prompt];
        }
        return new double[] {ratios, circuit.length};
    }

    @Override
    public double finish(double[] sums, long prompts) {
        return 100 * sums[0] / sums[1];
    }
}
