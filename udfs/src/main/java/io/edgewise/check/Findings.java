package io.edgewise.check;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a check on one batch found.
 *
 * @param prompts that were run
 * @param cleanAccuracy share of clean prompts on which an answer has a higher logit than all wrong answers; null without answers
 * @param allEdgesDifference how far the circuit of all edges is from the clean run, at most, in parts of the largest logit
 * @param noEdgesDifference how far the circuit without edges is from the corrupt run that it is resampled from, likewise
 * @param ablationDifference how far ablations are from what the clean run writes, at most, in parts of the largest number that it writes; null
 *     where no gradient was taken
 * @param gradient null where no gradient was taken
 */
public record Findings(
        int prompts,
        @Nullable Double cleanAccuracy,
        double allEdgesDifference,
        double noEdgesDifference,
        @Nullable Double ablationDifference,
        @Nullable GradientFinding gradient)
        implements Serializable {

    /**
     * Gradients of edges against finite differences.
     *
     * @param edges how many were looked at, at most
     * @param deviation the largest, in parts of the largest gradient; NaN where all gradients are zero
     */
    public record GradientFinding(int edges, double deviation) implements Serializable {}
}
