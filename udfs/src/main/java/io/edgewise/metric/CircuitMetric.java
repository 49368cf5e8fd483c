package io.edgewise.metric;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Something measured on a circuit's output, as sums over prompts that are finished once all batches are in. */
public sealed interface CircuitMetric extends Serializable
        permits AnswerDifference, AnswerDifferencePercent, CorrectAnswerPercent, KlDivergence {

    /** The name in options and files. */
    String name();

    /** How many sums over prompts it keeps. */
    int sums();

    /**
     * The sums over one batch.
     *
     * @param logits of a circuit, {@code [batch, vocabulary]}
     */
    double[] measure(NDArray logits, FullModel full);

    /** The measurement, from the sums over all batches. */
    double finish(double[] sums, long prompts);

    /** All metrics; the first few are what a sweep measures by default. */
    static List<CircuitMetric> all() {
        return List.of(
                new AnswerDifference(),
                new AnswerDifferencePercent(),
                new KlDivergence(KlDivergence.Reference.CLEAN),
                new CorrectAnswerPercent(),
                new KlDivergence(KlDivergence.Reference.CORRUPT));
    }

    static Optional<CircuitMetric> named(String name) {
        return all().stream()
                .filter(metric -> metric.name().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
