package io.edgewise.circuit;

import io.edgewise.metric.AnswerDifference;
import io.edgewise.metric.CircuitMetric;
import io.edgewise.metric.TokenValues;
import io.edgewise.uncertainty.Estimate;
import java.util.List;

/**
 * The share of a behaviour that a circuit keeps, {@code (m(C) - m(none)) / (m(all) - m(none))}, where m is the mean answer difference over
 * the prompts: 0 with all edges ablated, 1 for the whole model. It can be more than 1 and less than 0.
 *
 * @param none the answer difference with all edges ablated
 * @param all the answer difference of the circuit of all edges, which is the whole model
 */
public record Faithfulness(Estimate none, Estimate all) {
    /** The name in options and files. */
    public static final String NAME = "faithfulness";
    /** The metric that it is computed from. */
    public static final CircuitMetric DIFFERENCE = new AnswerDifference(TokenValues.LOGIT);

    /**
     * The share that a circuit keeps; not a number where there is no behaviour to keep.
     *
     * @param difference the circuit's answer difference
     */
    public Estimate of(Estimate difference) {
        return isDefined() ? share(difference) : Estimate.of(Double.NaN);
    }

    /** The share that a circuit keeps, where no replicates were drawn. */
    public double of(double difference) {
        return isDefined() ? share(difference, none.value(), all.value()) : Double.NaN;
    }

    /** The share, computed whether there is a behaviour to keep or not. */
    Estimate share(Estimate difference) {
        return Estimate.of(List.of(difference, none, all), m -> share(m[0], m[1], m[2]));
    }

    /** The share from three answer differences; not a number where ablating all edges changes nothing. */
    static double share(double circuit, double none, double all) {
        return all == none ? Double.NaN : (circuit - none) / (all - none);
    }

    /**
     * Whether there is a behaviour to keep: ablating all edges changes the answer difference by more than the choice of prompts does.
     * Without replicates, any change is enough.
     */
    public boolean isDefined() {
        Estimate behaviour = all.minus(none);
        return behaviour.value() != 0 && !behaviour.interval().holds(0);
    }
}
