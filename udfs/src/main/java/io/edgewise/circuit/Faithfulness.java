package io.edgewise.circuit;

import io.edgewise.uncertainty.Estimate;
import java.util.List;

/**
 * The share of a behaviour that a circuit keeps, {@code (m(C) - m(none)) / (m(all) - m(none))}, where m is the mean answer difference over
 * the prompts: 0 with all edges ablated, 1 for the whole model. It can be more than 1 and less than 0.
 *
 * @param none the answer difference with all edges ablated
 * @param all that of the circuit of all edges, which is the whole model
 */
public record Faithfulness(Estimate none, Estimate all) {

    /**
     * The share that a circuit keeps.
     *
     * @param difference its answer difference
     */
    public Estimate of(Estimate difference) {
        return Estimate.of(List.of(difference, none, all), m -> (m[0] - m[1]) / (m[2] - m[1]));
    }

    /**
     * Whether there is a behaviour to keep: whether ablating all edges changes the answer difference by more than the choice of prompts
     * does. Without replicates, whether it changes it at all.
     */
    public boolean isDefined() {
        Estimate behaviour = all.minus(none);
        return behaviour.value() != 0 && !behaviour.interval().holds(0);
    }
}
