package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationType;
import io.edgewise.ablation.BatchAblation;
import io.edgewise.metric.AnswerPlaces;
import io.edgewise.metric.CorrectAnswerPercent;
import io.edgewise.model.Patch;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.RightAnswers;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Counts how often the whole model is right on a piece of a batch, from logits that scoring makes anyway. It runs what scoring doesn't make. */
final class TaskCounter {
    private final PatchableModel model;
    private final PromptBatch piece;
    private final @Nullable AnswerPlaces answers;
    private final @Nullable AnswerPlaces wrongAnswers;
    private double clean = Double.NaN;
    private double corrupt = RightAnswers.UNKNOWN;

    TaskCounter(PatchableModel model, PromptBatch piece) {
        this.model = model;
        this.piece = piece;
        this.wrongAnswers = AnswerPlaces.wrongAnswersIfAny(model, piece);
        this.answers = wrongAnswers == null ? null : AnswerPlaces.answers(model, piece);
    }

    /** Whether there is something to count: prompts have right and wrong tokens. */
    boolean counts() {
        return answers != null;
    }

    /** @param logits of the model as it is, on the clean prompts */
    void clean(NDArray logits) {
        if (counts()) {
            clean = right(logits);
        }
    }

    /** A loss whose first logits are those of the model as it is, on the clean prompts. */
    UnaryOperator<NDArray> counting(UnaryOperator<NDArray> loss) {
        return logits -> {
            if (Double.isNaN(clean)) {
                clean(logits);
            }
            return loss.apply(logits);
        };
    }

    /** @param logits of the model as it is, on the corrupt prompts */
    void corrupt(NDArray logits) {
        corrupt = right(logits);
    }

    /** What patched edges carry. A run of the corrupt prompts gives their logits too. */
    NDArray patch(BatchAblation ablated) {
        Ablation ablation = ablated.ablation().ablation();
        if (!counts() || !ablation.equals(Ablation.of(AblationType.RESAMPLE, PromptSide.CORRUPT))) {
            return ablated.on(model, piece);
        }
        PatchableModel.PlainRun run = model.plainRun(model.tokens(piece, PromptSide.CORRUPT));
        corrupt(run.logits());
        return run.sources();
    }

    /** The same, for gradients of masks. */
    Patch maskPatch(BatchAblation ablated) {
        Ablation ablation = ablated.ablation().ablation();
        if (ablation.type() != AblationType.RESAMPLE) {
            return Patch.of(model, ablated.on(model, piece));
        }
        PromptSide side = Objects.requireNonNull(ablation.side());
        Patch patch = model.patch(model.tokens(piece, side));
        if (counts() && side == PromptSide.CORRUPT) {
            corrupt(Objects.requireNonNull(patch.logits()));
        }
        return patch;
    }

    private double right(NDArray logits) {
        return CorrectAnswerPercent.right(
                logits.stopGradient(), Objects.requireNonNull(answers), Objects.requireNonNull(wrongAnswers));
    }

    RightAnswers finish() {
        if (!counts()) {
            return RightAnswers.NONE;
        }
        if (Double.isNaN(clean)) {
            clean(model.logits(model.tokens(piece, PromptSide.CLEAN)));
        }
        if (Double.isNaN(corrupt) && piece.hasCorrupt()) {
            corrupt(model.logits(model.tokens(piece, PromptSide.CORRUPT)));
        }
        return new RightAnswers(clean, corrupt, AnswerPlaces.withBoth(piece));
    }
}
