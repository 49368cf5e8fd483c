package io.edgewise.score.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationType;
import io.edgewise.ablation.BatchAblation;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.EdgeVector;
import io.edgewise.model.LossGradients;
import io.edgewise.model.MaskGradients;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.layer.Tokens;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchVector;
import java.io.Serializable;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One step of training masks, on one batch.
 *
 * @param theta the parameter of each edge's mask
 * @param step the number of the step, from 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record MaskStep(MaskObjective objective, double[] theta, int step) implements Serializable {

    /** How many numbers a batch adds: one per edge, and the loss. */
    public static int length(int edges) {
        return edges + 1;
    }

    /**
     * What a batch adds: the gradient of the faithfulness by each parameter and the faithfulness itself, each times the number of prompts.
     *
     * @param clean gives the whole model's logits
     */
    public BatchVector gradients(PatchableModel model, BatchPieces batch, CleanLogits clean) {
        return sums(model, batch, clean, (tokens, patch, piece, loss, sums) -> {
            DrawnMasks drawn = DrawnMasks.of(model.graph(), objective, theta, step, piece);
            LossGradients found = new MaskGradients(model).of(tokens, patch, drawn.masks(), loss);
            drawn.addTo(sums, found.ofMasks(), piece.size());
            return found.loss();
        });
    }

    /**
     * What a batch adds where nothing is trained: no gradients, and the faithfulness with masks that aren't random.
     *
     * @param clean gives the whole model's logits
     */
    public BatchVector faithfulness(PatchableModel model, BatchPieces batch, CleanLogits clean) {
        EdgeMask mask = new EdgeMask(EdgeVector.of(model.graph(), theta, objective.function()::middle));
        return sums(model, batch, clean, (tokens, patch, piece, loss, sums) -> loss.apply(
                        model.runPatched(tokens, patch, mask))
                .getFloat());
    }

    /** What is done with a piece of a batch; returns its faithfulness. */
    private interface Work {
        double on(Tokens tokens, NDArray patch, PromptBatch piece, UnaryOperator<NDArray> loss, double[] sums);
    }

    private BatchVector sums(PatchableModel model, BatchPieces batch, CleanLogits clean, Work work) {
        double[] sums = new double[length(theta.length)];
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            BatchAblation ablated = BatchAblation.of(objective.ablation(), model, batch);
            for (PromptBatch piece : batch.pieces()) {
                sums[theta.length] += piece.size() * onPiece(model, ablated, clean, piece, work, sums);
            }
        }
        return new BatchVector(batch.whole().index(), batch.whole().size(), sums);
    }

    private double onPiece(
            PatchableModel model,
            BatchAblation ablated,
            CleanLogits kept,
            PromptBatch piece,
            Work work,
            double[] sums) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            PatchableModel.@Nullable PlainRun whole =
                    isOfClean() ? model.plainRun(model.tokens(piece, PromptSide.CLEAN)) : null;
            NDArray patch = whole == null ? ablated.on(model, piece) : whole.sources();
            Supplier<NDArray> clean = () -> whole == null ? kept.of(model, piece) : whole.logits();
            UnaryOperator<NDArray> loss = objective.target().loss(model, piece, clean);
            return work.on(model.tokens(piece, objective.input()), patch, piece, loss, sums);
        }
    }

    /** Whether patched edges carry what the whole model computes on the clean prompts: the run that makes it has the clean logits too. */
    private boolean isOfClean() {
        return objective.ablation().ablation().equals(Ablation.of(AblationType.RESAMPLE, PromptSide.CLEAN));
    }
}
