package io.edgewise.check;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a check on one batch found.
 *
 * @param prompts that were run
 * @param accuracy how well the model does the task; null without answers
 * @param allEdgesDifference the largest difference between the circuit of all edges and the clean run, as a fraction of the largest logit
 * @param noEdgesDifference the same between the circuit without edges and the corrupt run that it is resampled from; null without corrupt prompts
 * @param ablationDifference the largest difference between the ablations and what the clean run writes, as a fraction of the largest number
 *     that it writes; null where no gradient was taken
 * @param gradient null where no gradient was taken
 */
public record Findings(
        int prompts,
        @Nullable Accuracy accuracy,
        double allEdgesDifference,
        @Nullable Double noEdgesDifference,
        @Nullable Double ablationDifference,
        @Nullable GradientFinding gradient)
        implements Serializable {

    /**
     * How well the model does the task on the whole batch.
     *
     * @param share of clean prompts on which an answer has at least the logit of every wrong answer
     * @param prompts of the batch that have right and wrong answers
     */
    public record Accuracy(double share, int prompts) implements Serializable {
        /** Whether so few right answers would be an accident in a model that does the task more often than not. */
        boolean isTooLow() {
            return new TaskEvidence(share * prompts, 0, prompts).clean().high() < TaskEvidence.GUESSED;
        }
    }

    /**
     * The comparison of edges' gradients with finite differences.
     *
     * @param edges how many edges were compared, at most
     * @param deviation the largest deviation, as a fraction of the largest gradient; NaN where all gradients are zero
     */
    public record GradientFinding(int edges, double deviation) implements Serializable {}
}
