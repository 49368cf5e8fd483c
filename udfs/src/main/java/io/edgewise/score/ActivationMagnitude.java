package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.layer.Tokens;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchVector;
import java.util.Arrays;

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
    public BatchVector score(PatchableModel model, BatchPieces batch) {
        double[] state = new double[model.graph().sources().size()];
        double tokens =
                batch.pieces().stream().mapToDouble(ActivationMagnitude::tokens).sum();
        for (PromptBatch piece : batch.pieces()) {
            float[] means = means(model, piece);
            for (int source = 0; source < state.length; source++) {
                state[source] += means[source] * tokens(piece) / tokens;
            }
        }
        int prompts = batch.whole().size();
        return new BatchVector(
                batch.whole().index(),
                prompts,
                Arrays.stream(state).map(mean -> Math.abs(mean) * prompts).toArray());
    }

    private static double tokens(PromptBatch batch) {
        return batch.pairs().stream().mapToInt(PromptPair::length).sum();
    }

    private static float[] means(PatchableModel model, PromptBatch batch) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return means(model, model.tokens(batch, PromptSide.CLEAN)).toFloatArray();
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
