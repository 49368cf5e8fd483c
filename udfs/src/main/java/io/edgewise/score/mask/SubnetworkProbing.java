package io.edgewise.score.mask;

import java.io.Serializable;
import java.util.Arrays;

/**
 * AutoCircuit's {@code subnetwork_probing_prune_scores} (Cao et al. 2021): each step goes down the gradient of the faithfulness on the step's
 * batches and of the regularizer, by Adam.
 *
 * @param start where the parameters of masks begin: at this number where masks ablate, else at its negative
 * @param batchesPerStep how many batches make one step
 */
public record SubnetworkProbing(
        MaskObjective objective,
        Regularizer regularizer,
        double learningRate,
        int epochs,
        double start,
        int batchesPerStep)
        implements MaskTraining, Serializable {

    @Override
    public int steps(int batches) {
        return Math.multiplyExact(epochs, stepsPerEpoch(batches));
    }

    @Override
    public MaskState begin(int edges) {
        return MaskState.filled(edges, objective.isTree() ? start : -start);
    }

    @Override
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

    @Override
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
