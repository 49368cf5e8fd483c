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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * AutoCircuit's {@code activation_magnitude_prune_scores}: the absolute value of the mean of a source's clean output over the batch, its
 * positions and the residual stream's width, mean over batches. All of a source's edges have the same score. As in AutoCircuit, signed
 * values cancel before the absolute value is taken. Every batch counts for its share of the prompts.
 *
 * <p>A prompt adds its part of its batch's mean, with the sign that makes the mean positive.
 */
public record ActivationMagnitude() implements PromptScorer {
    @Override
    public int stateLength(ModelGraph graph) {
        return graph.sources().size();
    }

    @Override
    public BatchVector score(PatchableModel model, BatchPieces batch, @Nullable PromptShares shares) {
        double[] state = new double[model.graph().sources().size()];
        List<float[]> ofEach = new ArrayList<>();
        double tokens =
                batch.pieces().stream().mapToDouble(ActivationMagnitude::tokens).sum();
        for (PromptBatch piece : batch.pieces()) {
            float[] means = means(model, piece, shares == null ? null : ofEach);
            for (int source = 0; source < state.length; source++) {
                state[source] += means[source] * tokens(piece) / tokens;
            }
        }
        int prompts = batch.whole().size();
        for (int prompt = 0; shares != null && prompt < prompts; prompt++) {
            float[] sums = ofEach.get(prompt);
            double[] parts = new double[state.length];
            Arrays.setAll(parts, source -> Math.signum(state[source]) * sums[source] / tokens * prompts);
            shares.add(batch.whole().pairs().get(prompt), ofEdges(model.graph(), parts));
        }
        return new BatchVector(
                batch.whole().index(),
                prompts,
                Arrays.stream(state).map(mean -> Math.abs(mean) * prompts).toArray());
    }

    private static double[] ofEdges(ModelGraph graph, double[] ofSources) {
        double[] scores = new double[graph.edgeCount()];
        Arrays.setAll(scores, edge -> ofSources[graph.edge(edge).source().index()]);
        return scores;
    }

    private static double tokens(PromptBatch batch) {
        return batch.pairs().stream().mapToInt(PromptPair::length).sum();
    }

    /**
     * The mean of each source, over a piece's tokens and width.
     *
     * @param ofEach gets, for each prompt, the sum over its tokens of each source's mean over width; null where that isn't asked for
     */
    private static float[] means(PatchableModel model, PromptBatch batch, @Nullable List<float[]> ofEach) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Tokens tokens = model.tokens(batch, PromptSide.CLEAN);
            NDArray written = model.sources(tokens);
            if (!tokens.pads().isEmpty()) {
                NDArray real = model.create(tokens.real(), new Shape(1, tokens.batch(), tokens.length(), 1));
                written = written.mul(real);
            }
            if (ofEach != null) {
                int width = model.config().modelWidth();
                NDArray sums = written.reshape(model.graph().sources().size(), tokens.batch(), -1)
                        .sum(new int[] {2})
                        .div(width);
                for (int prompt = 0; prompt < tokens.batch(); prompt++) {
                    ofEach.add(sums.get(":, {}", prompt).toFloatArray());
                }
            }
            return means(model, written, tokens).toFloatArray();
        }
    }

    /** @param written the outputs of all sources, zero where there is padding */
    private static NDArray means(PatchableModel model, NDArray written, Tokens tokens) {
        NDArray flat = written.reshape(model.graph().sources().size(), -1);
        return tokens.pads().isEmpty()
                ? flat.mean(new int[] {1})
                : flat.sum(new int[] {1})
                        .div(tokens.batch() * tokens.length()
                                - tokens.pads().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum())
                        .div(model.config().modelWidth());
    }

    @Override
    public double[] finish(ModelGraph graph, double[] sum, long prompts) {
        double[] means = new double[sum.length];
        Arrays.setAll(means, source -> sum[source] / prompts);
        return ofEdges(graph, means);
    }

    @Override
    public double ofSum(long prompts) {
        return 1.0 / prompts;
    }
}
