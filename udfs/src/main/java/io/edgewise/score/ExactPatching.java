package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.BatchAblation;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.PatchedRuns;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchNotes;
import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.RightAnswers;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Exact edge activation patching (EAP-IG's {@code exact}): an edge's score is the loss on the clean prompts with this edge alone patched, less the loss
 * with none. Gradient scores at mask 0 approximate it. The loss and the sum over batches are {@link MaskGradient}'s, so the scores are comparable;
 * positive: patching the edge lowers the answer. EAP-IG's scores are these over the number of prompts.
 *
 * @param edges the edges that are patched; the scores of others are 0
 * @param batchSize prompts in a full batch
 */
public record ExactPatching(
        GradFunction gradFunction,
        AnswerFunction answerFunction,
        AblationActivations ablation,
        ExactEdges edges,
        int batchSize)
        implements PromptScorer {

    @Override
    public BatchVector score(PatchableModel model, BatchPieces batch, @Nullable PromptShares shares) {
        return score(model, batch, edges.in(model.graph()), shares);
    }

    /**
     * What one batch adds to the scores of some edges.
     *
     * @param some the edges, by their places in the canonical order; the others get 0
     * @param shares receives what each prompt adds; null where that isn't asked for
     */
    public BatchVector score(PatchableModel model, BatchPieces batch, BitSet some, @Nullable PromptShares shares) {
        double[] scores = new double[model.graph().edgeCount()];
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            BatchAblation ablated = BatchAblation.of(ablation, model, batch);
            RightAnswers right = batch.pieces().stream()
                    .map(piece -> add(model, piece, ablated, some, scores, shares))
                    .reduce(RightAnswers.NONE, RightAnswers::with);
            return new BatchVector(batch.whole().index(), batch.whole().size(), scores, BatchNotes.of(right));
        }
    }

    private RightAnswers add(
            PatchableModel whole,
            PromptBatch piece,
            BatchAblation ablated,
            BitSet some,
            double[] scores,
            @Nullable PromptShares shares) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            PatchableModel model = answerFunction.reading(gradFunction, whole, piece);
            TaskCounter task = new TaskCounter(model, piece);
            double[][] losses = new double[scores.length][];
            PromptLosses each = PromptLosses.of(model, piece, gradFunction, answerFunction);
            NDArray patch = task.patch(ablated);
            NDArray clean = new PatchedRuns(model)
                    .edges(model.tokens(piece, PromptSide.CLEAN), patch, some, (patched, logits) -> {
                        double[] all = each.of(logits);
                        for (int run = 0; run < patched.size(); run++) {
                            losses[patched.get(run)] =
                                    Arrays.copyOfRange(all, run * piece.size(), (run + 1) * piece.size());
                        }
                    });
            task.clean(clean);
            double[] before = each.of(clean);
            double[][] ofEach = new double[shares == null ? 0 : piece.size()][scores.length];
            some.stream().forEach(edge -> {
                for (int prompt = 0; prompt < before.length; prompt++) {
                    double change = (losses[edge][prompt] - before[prompt]) / batchSize;
                    scores[edge] += change;
                    if (shares != null) {
                        ofEach[prompt][edge] = change;
                    }
                }
            });
            for (int prompt = 0; prompt < ofEach.length; prompt++) {
                Objects.requireNonNull(shares).add(piece.pairs().get(prompt), ofEach[prompt]);
            }
            return task.finish();
        }
    }

    @Override
    public double ofSum(long prompts) {
        return 1;
    }

    @Override
    public double[] finish(ModelGraph graph, double[] sum, long prompts) {
        return sum;
    }
}
