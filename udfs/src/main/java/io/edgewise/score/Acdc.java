package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.AblationType;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.EdgeVector;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.layer.Tokens;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchVector;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * AutoCircuit's {@code acdc_prune_scores}: Automated Circuit DisCovery (Conmy et al. 2023). From the end of the model to its beginning,
 * each edge is patched with its corrupt activation, and stays patched where that moves the output by less than a threshold τ. An edge's
 * score is the smallest τ that removes it, or infinite where none does.
 *
 * <p>As in AutoCircuit, only the first batch counts. It takes one run per edge and threshold, one after another, so it suits small models.
 *
 * @param thresholds the values of τ
 */
public record Acdc(List<Double> thresholds, Target target) implements EdgeScorer {
    public Acdc {
        thresholds = List.copyOf(thresholds);
    }

    /** How far the output is from the clean one; AutoCircuit's {@code faithfulness_target}. */
    public enum Target {
        /** The Kullback-Leibler divergence from the clean distribution, mean over prompts and positions. */
        KL_DIV {
            @Override
            NDArray of(NDArray logits, NDArray clean) {
                NDArray wanted = clean.logSoftmax(-1);
                NDArray divergence = wanted.exp().mul(wanted.sub(logits.logSoftmax(-1)));
                return divergence.sum(new int[] {-1}).mean();
            }
        },
        /** The mean squared difference of the logits. */
        MSE {
            @Override
            NDArray of(NDArray logits, NDArray clean) {
                return logits.sub(clean).square().mean();
            }
        };

        abstract NDArray of(NDArray logits, NDArray clean);
    }

    /** Scores the batch whole, whatever its pieces: each run decides on one edge for all prompts. */
    @Override
    public BatchVector score(PatchableModel model, BatchPieces pieces) {
        PromptBatch batch = pieces.whole();
        double[] scores = new double[model.graph().edgeCount()];
        if (batch.index() == 0) {
            Arrays.fill(scores, Double.POSITIVE_INFINITY);
            thresholds.forEach(threshold -> lower(scores, threshold, removed(model, batch, threshold)));
        }
        return new BatchVector(batch.index(), batch.size(), scores);
    }

    private static void lower(double[] scores, double threshold, boolean[] removed) {
        for (int edge = 0; edge < scores.length; edge++) {
            scores[edge] = removed[edge] ? Math.min(scores[edge], threshold) : scores[edge];
        }
    }

    private boolean[] removed(PatchableModel model, PromptBatch batch, double threshold) {
        ModelGraph graph = model.graph();
        boolean[] removed = new boolean[graph.edgeCount()];
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray patch = AblationActivations.of(Ablation.of(AblationType.RESAMPLE, PromptSide.CORRUPT))
                    .on(model, batch);
            Tokens tokens = model.tokens(batch, PromptSide.CLEAN);
            NDArray clean = model.logits(tokens);
            double[] masks = new double[removed.length];
            double before = 0;
            for (int edge : fromTheEnd(graph)) {
                masks[edge] = 1;
                EdgeMask mask = new EdgeMask(EdgeVector.of(graph, masks));
                double after = distance(model, tokens, patch, mask, clean);
                removed[edge] = after - before < threshold;
                masks[edge] = removed[edge] ? 1 : 0;
                before = removed[edge] ? after : before;
            }
        }
        return removed;
    }

    /** The edges with destinations of the last layer first, else in canonical order. */
    private static int[] fromTheEnd(ModelGraph graph) {
        return IntStream.range(0, graph.edgeCount())
                .boxed()
                .sorted(Comparator.comparing(edge -> -graph.moduleOf(edge).layer()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private double distance(PatchableModel model, Tokens tokens, NDArray patch, EdgeMask mask, NDArray clean) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return target.of(model.runPatched(tokens, patch, mask), clean).getFloat();
        }
    }

    @Override
    public double[] finish(ModelGraph graph, double[] sum, long prompts) {
        return sum;
    }
}
