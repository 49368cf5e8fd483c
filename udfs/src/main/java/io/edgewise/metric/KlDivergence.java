package io.edgewise.metric;

import ai.djl.ndarray.NDArray;
import io.edgewise.prompt.PromptNeeds;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * {@code kl_div_clean}, {@code kl_div_corrupt}: the Kullback-Leibler divergence of the circuit's next-token distribution
 * from the full model's, {@code sum p_full (log p_full - log p_circuit)} in nats, mean over prompts and the positions of
 * the output slice; a result below zero, which is rounding, becomes zero.
 */
public record KlDivergence(Reference reference) implements CircuitMetric {

    /** The full model's output that the circuit's is compared with. */
    public enum Reference {
        CLEAN("kl_div_clean", 1e-2),
        CORRUPT("kl_div_corrupt", 1e-6);

        private final String metric;
        private final double smallestShown;

        Reference(String metric, double smallestShown) {
            this.metric = metric;
            this.smallestShown = smallestShown;
        }
    }

    @Override
    public String name() {
        return reference.metric;
    }

    @Override
    public PromptNeeds needs() {
        return reference == Reference.CORRUPT ? PromptNeeds.corrupt(option()) : PromptNeeds.NOTHING;
    }

    @Override
    public CurveAxes axes() {
        return CurveAxes.logBoth(reference.smallestShown);
    }

    @Override
    public int sums() {
        return 1;
    }

    @Override
    public double[][] measure(NDArray logits, FullModel full) {
        NDArray target = reference == Reference.CLEAN ? full.clean() : Objects.requireNonNull(full.corrupt());
        return new double[][] {full.perPrompt(from(target).apply(logits).toFloatArray())};
    }

    /**
     * Makes the divergence of each next-token distribution from another, in nats: of logits {@code [..., vocabulary]}, {@code [...]}.
     *
     * @param target the logits of the other distributions; they broadcast
     */
    public static UnaryOperator<NDArray> from(NDArray target) {
        NDArray logs = target.logSoftmax(-1);
        NDArray shares = logs.exp();
        return logits -> shares.mul(logs.sub(logits.logSoftmax(-1))).sum(new int[] {-1});
    }

    @Override
    public double finish(double[] sums, long prompts) {
        return Math.max(sums[0] / prompts, 0);
    }
}
