package io.edgewise.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.check.Findings.Accuracy;
import io.edgewise.check.Findings.GradientFinding;
import io.edgewise.graph.EdgeMask;
import io.edgewise.metric.AnswerPlaces;
import io.edgewise.metric.CorrectAnswerPercent;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.layer.Tokens;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.score.FiniteDifferences;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A check, on one batch, of what must hold for any model and prompts. A circuit of all edges is the model. A circuit without edges is the
 * ablated model. Gradients agree with finite differences. And the model can do the task.
 *
 * @param gradients null where edges weren't scored by gradients
 */
public record SelfCheck(@Nullable FiniteDifferences gradients) implements Serializable {
    private static final int PROMPTS = 4;

    /** Runs the check. All but the accuracy uses only the first prompts, and no more than one piece runs at a time. */
    public Findings on(PatchableModel model, BatchPieces batch) {
        PromptBatch first = batch.pieces().get(0);
        PromptBatch some = first.part(0, Math.min(PROMPTS, first.size()));
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Tokens clean = model.tokens(some, PromptSide.CLEAN);
            Tokens other = model.tokens(some, some.hasCorrupt() ? PromptSide.CORRUPT : PromptSide.CLEAN);
            NDArray patch = model.sources(other);
            NDArray all = model.runPatched(clean, patch, EdgeMask.where(model.graph(), edge -> false));
            NDArray none = model.runPatched(clean, patch, EdgeMask.where(model.graph(), edge -> true));
            return new Findings(
                    some.size(),
                    accuracy(model, batch),
                    difference(all, model.logits(clean)),
                    some.hasCorrupt() ? difference(none, model.logits(other)) : null,
                    ablation(model, some, clean),
                    gradient(model, some));
        }
    }

    private @Nullable Double ablation(PatchableModel model, PromptBatch batch, Tokens clean) {
        return gradients == null
                ? null
                : difference(gradients.scorer().ablation().on(model, batch), model.sources(clean));
    }

    private @Nullable GradientFinding gradient(PatchableModel model, PromptBatch batch) {
        return gradients == null || !gradients.serve()
                ? null
                : new GradientFinding(gradients.edges(), gradients.deviation(model, batch));
    }

    private static @Nullable Accuracy accuracy(PatchableModel model, BatchPieces batch) {
        int judged = AnswerPlaces.withBoth(batch.whole());
        if (judged == 0) {
            return null;
        }
        double correct = 0;
        for (PromptBatch piece : batch.pieces()) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                AnswerPlaces wrong = AnswerPlaces.wrongAnswersIfAny(model, piece);
                correct += wrong == null
                        ? 0
                        : CorrectAnswerPercent.right(
                                model.logits(model.tokens(piece, PromptSide.CLEAN)),
                                AnswerPlaces.answers(model, piece),
                                wrong);
            }
        }
        return new Accuracy(correct / judged, judged);
    }

    private static double difference(NDArray found, NDArray expected) {
        return found.sub(expected).abs().max().getFloat() / expected.abs().max().getFloat();
    }
}
