package io.edgewise.metric;

import ai.djl.ndarray.NDArray;
import io.edgewise.prompt.PromptNeeds;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A metric of a circuit's output. It is kept as sums over prompts, and finished once all batches are summed. */
public sealed interface CircuitMetric extends Serializable
        permits AnswerDifference,
                AnswerDifferencePercent,
                AnswerValue,
                CorrectAnswerPercent,
                KlDivergence,
                MeanSquaredError {

    /** The name in options and files. */
    String name();

    /** What it needs of prompts. */
    default PromptNeeds needs() {
        return PromptNeeds.bothAnswers(option());
    }

    /** The option that asks for it. */
    default String option() {
        return "--metrics " + name();
    }

    /** The axes of its curve over circuit sizes; AutoCircuit's. */
    default CurveAxes axes() {
        return CurveAxes.logSizes();
    }

    /** How many sums over prompts it keeps. */
    int sums();

    /**
     * What each prompt of a batch adds to the sums.
     *
     * @param logits of a circuit, {@code [batch, seq?, vocabulary]}
     * @return {@code [sum][prompt]}
     */
    double[][] measure(NDArray logits, FullModel full);

    /** The measurement, from the sums over all batches. */
    double finish(double[] sums, long prompts);

    /** All metrics. */
    static List<CircuitMetric> all() {
        List<CircuitMetric> all = new ArrayList<>();
        for (TokenValues values : TokenValues.values()) {
            all.add(new AnswerDifference(values));
            for (AnswerDifferencePercent.Mean mean : AnswerDifferencePercent.Mean.values()) {
                all.add(new AnswerDifferencePercent(values, mean));
            }
            for (AnswerValue.Which which : AnswerValue.Which.values()) {
                all.add(new AnswerValue(which, values));
            }
        }
        for (KlDivergence.Reference reference : KlDivergence.Reference.values()) {
            all.add(new KlDivergence(reference));
        }
        for (CorrectAnswerPercent.Among among : CorrectAnswerPercent.Among.values()) {
            all.add(new CorrectAnswerPercent(among));
        }
        all.add(new MeanSquaredError());
        return List.copyOf(all);
    }

    static Optional<CircuitMetric> named(String name) {
        return all().stream()
                .filter(metric -> metric.name().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
