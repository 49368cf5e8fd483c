package io.edgewise.score.mask;

/** A way to train masks: where they begin, what a step does on executors and then with the sums over its batches, and what scores they become. */
public sealed interface MaskTraining permits EdgePruning, SubnetworkProbing {

    /** What masks are trained to do. */
    MaskObjective objective();

    /** How many batches make one step; the last step of an epoch may have fewer. */
    int batchesPerStep();

    /** How many steps there are. */
    int steps(int batches);

    /** The state before the first step. */
    MaskState begin(int edges);

    /** What executors do in the next step. */
    default MaskStep next(MaskState state) {
        return new MaskStep(objective(), state.theta(), state.step());
    }

    /** A step that was taken, and its point on the training curve. */
    record Taken(MaskState state, TrainingPoint point) {}

    /**
     * Takes a step.
     *
     * @param sums what the step's batches added up to: {@link MaskStep#gradients}
     * @param prompts how many prompts they have
     * @param batches how many batches an epoch has
     */
    Taken take(MaskState state, double[] sums, long prompts, int batches);

    /** The scores of trained masks, one per edge: the more an edge belongs to the circuit, the higher. */
    double[] scores(MaskState state);

    /** How many steps an epoch has, which goes through all batches once. */
    default int stepsPerEpoch(int batches) {
        return (batches + batchesPerStep() - 1) / batchesPerStep();
    }

    /** The first batch of a step. */
    default int firstBatch(int step, int batches) {
        return step % stepsPerEpoch(batches) * batchesPerStep();
    }

    /** The batch after a step's last. */
    default int endBatch(int step, int batches) {
        return Math.min(batches, firstBatch(step, batches) + batchesPerStep());
    }
}
