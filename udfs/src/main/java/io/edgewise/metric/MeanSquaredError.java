package io.edgewise.metric;

import ai.djl.ndarray.NDArray;
import io.edgewise.prompt.AnswerKind;
import io.edgewise.prompt.PromptNeeds;
import java.util.Objects;

/**
 * {@code mse}: the mean squared error of the logits against answers that are numbers, over the vocabulary and the positions of the output slice, mean
 * over prompts. The loss of the same name, as a metric.
 */
public record MeanSquaredError() implements CircuitMetric {
    /** The name in options and files. */
    public static final String NAME = "mse";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PromptNeeds needs() {
        return PromptNeeds.answers(AnswerKind.VALUES, option());
    }

    @Override
    public int sums() {
        return 1;
    }

    @Override
    public double[][] measure(NDArray logits, FullModel full) {
        NDArray targets = Objects.requireNonNull(full.targets(), "This metric needs answers that are numbers");
        NDArray errors = logits.sub(targets).square().mean(new int[] {-1});
        return new double[][] {full.perPrompt(errors.toFloatArray())};
    }

    @Override
    public double finish(double[] sums, long prompts) {
        return sums[0] / prompts;
    }
}
