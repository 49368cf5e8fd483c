package io.edgewise.score.mask;

import java.util.Arrays;

/**
 * The training of masks; AutoCircuit's {@code subnetwork_probing_prune_scores}. Each step goes down the gradient of the faithfulness on the step's
 * batches and of the regularizer, by Adam.
 *
 * @param start where the parameters of masks begin: at this number where masks ablate, else at its negative
 * @param batchesPerStep how many batches make one step
 */
public record MaskTraining(
        MaskObjective objective,
        Regularizer regularizer,
        double learningRate,
        int epochs,
        double start,
        int batchesPerStep) {

    /** The state before the first step. */
    public MaskState begin(int edges) {
        return MaskState.filled(edges, objective.isTree() ? start : -start);
    }

    /** What executors do in the next step. */
    public MaskStep next(MaskState state) {
        return new MaskStep(objective, state.theta(), state.step());
    }

    /** How many steps an epoch has. */
    public int stepsPerEpoch(int batches) {
        return (batches + batchesPerStep - 1) / batchesPerStep;
    }

    /** How many steps there are. */
    public int steps(int batches) {
        return Math.multiplyExact(epochs, stepsPerEpoch(batches));
    }

    /**
     * A step and its point on the training curve.
     */
    public record Taken(MaskState state, TrainingPoint point) {}

    /**
     * Takes a step.
     *
     * @param sums what the step's batches added up to
     * @param prompts how many prompts they have
     * @param batches how many batches an epoch has
     */
    public Taken take(MaskState state, double[] sums, long prompts, int batches) {
        int edges = state.theta().length;
        SizeTerm size = regularizer.of(objective, state.theta(), state.step());
        double[] gradient = new double[edges];
        Arrays.setAll(gradient, edge -> sums[edge] / prompts + size.gradient()[edge]);
        double faithfulness = sums[edges] / prompts;
        int epoch = state.step() / stepsPerEpoch(batches) + 1;
        return new Taken(
                state.descended(gradient, learningRate),
                new TrainingPoint(
                        state.step() + 1,
                        epoch,
                        faithfulness + size.value(),
                        faithfulness,
                        size.value(),
                        size.edges(),
                        Double.NaN));
    }

    /** The scores of trained masks: the more an edge belongs to the circuit the higher, and never negative where 0 lies between all masks. */
    public double[] scores(MaskState state) {
        double[] theta = state.theta();
        double[] scores = new double[theta.length];
        if (objective.isTree()) {
            double most = Math.abs(Arrays.stream(theta).max().orElse(0));
            Arrays.setAll(scores, edge -> most - theta[edge]);
        } else {
            double least = Math.abs(Arrays.stream(theta).min().orElse(0));
            Arrays.setAll(scores, edge -> least + theta[edge]);
        }
        return scores;
    }
}
