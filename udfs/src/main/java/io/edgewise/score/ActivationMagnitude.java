package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.Tokens;
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
    public int stateLength(ModelGraph graph) {
        return graph.sources().size();
    }

    @Override
    public BatchVector score(PatchableModel model, PromptBatch batch) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            int sources = model.graph().sources().size();
            float[] means = means(model, model.tokens(batch, PromptSide.CLEAN)).toFloatArray();
            double[] state = new double[sources];
            for (int source = 0; source < sources; source++) {
                state[source] = (double) Math.abs(means[source]) * batch.size();
            }
            return new BatchVector(batch.index(), batch.size(), state);
        }
    }

    /** Of each source, over tokens and width; padding counts for nothing. */
    private static NDArray means(PatchableModel model, Tokens tokens) {
        int sources = model.graph().sources().size();
        NDArray written = model.sources(tokens);
        if (tokens.pads().isEmpty()) {
            return written.reshape(sources, -1).mean(new int[] {1});
        }
        NDArray real = model.create(tokens.real(), new Shape(1, tokens.batch(), tokens.length(), 1));
        NDArray sums = written.mul(real).reshape(sources, -1).sum(new int[] {1});
        return sums.div(real.sum()).div(model.config().modelWidth());
    }

    @Override
    public double[] finish(ModelGraph graph, double[] sum, long prompts) {
        double[] scores = new double[graph.edgeCount()];
        for (int edge = 0; edge < scores.length; edge++) {
            scores[edge] = sum[graph.edge(edge).source().index()] / prompts;
        }
        return scores;
    }
}
