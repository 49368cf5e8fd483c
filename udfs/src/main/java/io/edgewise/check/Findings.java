package io.edgewise.check;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a check on one batch found.
 *
 * @param prompts that were run
 * @param cleanAccuracy share of clean prompts on which an answer has a higher logit than all wrong answers; null without answers
 * @param allEdgesDifference the largest difference between the circuit of all edges and the clean run, as a fraction of the largest logit
 * @param noEdgesDifference the same between the circuit without edges and the corrupt run that it is resampled from
 * @param ablationDifference the largest difference between the ablations and what the clean run writes, as a fraction of the largest number
 *     that it writes; null where no gradient was taken
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
     * The comparison of edges' gradients with finite differences.
     *
     * @param edges how many edges were compared, at most
     * @param deviation the largest deviation, as a fraction of the largest gradient; NaN where all gradients are zero
     */
    public record GradientFinding(int edges, double deviation) implements Serializable {}
}
