package io.edgewise.score;

import ai.djl.ndarray.NDScope;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchVector;

/**
 * AutoCircuit's {@code activation_magnitude_prune_scores}: the absolute value of the mean of a source's clean output over
 * the batch, its positions and the residual stream's width, mean over batches; the same for all of a source's edges. As
 * there, signed values cancel before the absolute value is taken. Every batch counts for its share of the prompts.
 */
public record ActivationMagnitude() implements EdgeScorer {
    @Override
    public BatchVector score(PatchableModel model, PromptBatch batch) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            int sources = model.graph().sources().size();
            float[] means = model.sources(model.tokens(batch, PromptSide.CLEAN))
                    .reshape(sources, -1)
                    .mean(new int[] {1})
                    .toFloatArray();
            double[] state = new double[sources];
            for (int source = 0; source < sources; source++) {
                state[source] = (double) Math.abs(means[source]) * batch.size();
            }
            return new BatchVector(batch.index(), batch.size(), state);
        }
    }

    @Override
    public double[] finish(ModelGraph graph, double[] sum, long prompts) {
        double[] scores = new double[graph.edgeCount()];
        for (DestinationModule module : graph.modules()) {
            for (int i = 0; i < module.edges(); i++) {
                scores[module.offset() + i] = sum[i % module.sources()] / prompts;
            }
        }
        return scores;
    }
}
