package io.edgewise.ablation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.layer.Tokens;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What ablated edges carry on one batch, which may be run in pieces. A mean over the batch is taken once, over all its pieces.
 *
 * @param mean the mean over the batch, for the types that use one; else null
 */
public record BatchAblation(AblationActivations ablation, @Nullable NDArray mean) {

    /** Takes the mean, if there is one to take, in the caller's scope. */
    public static BatchAblation of(AblationActivations ablation, PatchableModel model, BatchPieces batch) {
        int[] axes =
                switch (ablation.ablation().type()) {
                    case BATCH_TOKENWISE_MEAN -> new int[] {1};
                    case BATCH_ALL_TOK_MEAN -> new int[] {1, 2};
                    case RESAMPLE,
                            ZERO,
                            TOKENWISE_MEAN_CLEAN,
                            TOKENWISE_MEAN_CORRUPT,
                            TOKENWISE_MEAN_CLEAN_AND_CORRUPT -> null;
                };
        return new BatchAblation(ablation, axes == null ? null : mean(ablation, model, batch, axes));
    }

    /** The activations for a piece of the batch, {@code [source, batch, seq, d_model]}, in the caller's scope. */
    public NDArray on(PatchableModel model, PromptBatch piece) {
        if (mean == null) {
            return ablation.withoutBatchMean(model, piece);
        }
        long width = model.config().modelWidth();
        return mean.broadcast(new Shape(model.graph().sources().size(), piece.size(), piece.length(), width));
    }

    /** The mean over some axes. Padding doesn't count. */
    private static NDArray mean(AblationActivations ablation, PatchableModel model, BatchPieces batch, int[] axes) {
        PromptSide side = Objects.requireNonNull(ablation.ablation().side());
        NDArray sum = null;
        NDArray count = null;
        for (PromptBatch piece : batch.pieces()) {
            Tokens tokens = model.tokens(piece, side);
            NDArray real = model.create(tokens.real(), new Shape(1, tokens.batch(), tokens.length(), 1));
            NDArray sources = model.sources(tokens);
            NDArray ofPiece = (piece.hasPads() ? sources.mul(real) : sources).sum(axes, true);
            NDArray countOfPiece = real.sum(axes, true);
            sum = sum == null ? ofPiece : sum.add(ofPiece);
            count = count == null ? countOfPiece : count.add(countOfPiece);
        }
        return Objects.requireNonNull(sum).div(Objects.requireNonNull(count).maximum(1));
    }
}
