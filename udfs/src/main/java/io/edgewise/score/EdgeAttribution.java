package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.BatchAblation;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.EdgeGradients;
import io.edgewise.model.GradientRuns;
import io.edgewise.model.GradientRuns.Changes;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.StagePoints;
import io.edgewise.model.torch.InPlace;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchNotes;
import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.RightAnswers;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Edge attribution patching and its relatives: for an edge s to d {@code <g_d, P_s - C_s>}, summed over batch, positions and d_model, where
 * C_s is what source s writes on the clean prompts, P_s its ablation, and g_d the gradient of the loss at d's input, mean over some points.
 * Positive: patching the edge lowers the answer. The loss is a mean over a batch's prompts, and the scores of batches add up; so they are
 * EAP-IG's times the number of prompts, divided by the size of a full batch. A batch smaller than {@code batchSize} counts for its share.
 *
 * @param points where the gradients are taken
 * @param rule how
 * @param batchSize prompts in a full batch
 */
public record EdgeAttribution(
        GradFunction gradFunction,
        AnswerFunction answerFunction,
        GradientPoints points,
        GradientRule rule,
        AblationActivations ablation,
        int batchSize)
        implements PromptScorer {

    @Override
    public BatchVector score(PatchableModel model, BatchPieces batch, @Nullable PromptShares shares) {
        double[] scores = new double[model.graph().edgeCount()];
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            BatchAblation ablated = BatchAblation.of(ablation, model, batch);
            RightAnswers right = RightAnswers.NONE;
            for (PromptBatch piece : batch.pieces()) {
                right = right.with(new OfPiece(model, piece, shares != null).addTo(scores, ablated, shares));
            }
            return new BatchVector(batch.whole().index(), batch.whole().size(), scores, BatchNotes.of(right));
        }
    }

    /** What one piece of a batch adds. */
    private final class OfPiece {
        private final PatchableModel model;
        private final PromptBatch piece;
        private final double[][] ofEach;

        OfPiece(PatchableModel model, PromptBatch piece, boolean withEach) {
            this.model = model;
            this.piece = piece;
            this.ofEach = new double[withEach ? piece.size() : 0][model.graph().edgeCount()];
        }

        RightAnswers addTo(double[] scores, BatchAblation ablated, @Nullable PromptShares shares) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                TaskCounter task = new TaskCounter(model, piece);
                NDArray patch = task.patch(ablated);
                UnaryOperator<NDArray> loss = answerFunction.loss(gradFunction, model, piece);
                if (points instanceof GradientPoints.Clean) {
                    Changes changes = new Changes.OfRun(written -> {
                        InPlace.difference(patch, written, written);
                        return written;
                    });
                    addPass(scores, StagePoints.clean(), patch, changes, task.counting(loss));
                } else {
                    PatchableModel.PlainRun clean = model.plainRun(model.tokens(piece, PromptSide.CLEAN));
                    task.clean(clean.logits());
                    NDArray changes = patch.sub(clean.sources());
                    patch.close();
                    Changes which =
                            points.followsTheWay() ? ChangesOnTheWay.to(clean.sources()) : new Changes.Given(changes);
                    clean.sources().close();
                    stages().forEach(stage -> addStage(scores, stage, changes, which, loss));
                }
                for (int prompt = 0; prompt < ofEach.length; prompt++) {
                    Objects.requireNonNull(shares).add(piece.pairs().get(prompt), ofEach[prompt]);
                }
                return task.finish();
            }
        }

        private List<StagePoints> stages() {
            return points.stages(model.graph());
        }

        /** Adds a stage's points, as many at once as there is room for. */
        private void addStage(
                double[] scores, StagePoints stage, NDArray changes, Changes which, UnaryOperator<NDArray> loss) {
            List<Double> all = stage.shares();
            int atOnce = RunsAtOnce.of(all.size(), (long) piece.size() * piece.length(), 4 * changes.size());
            // From the clean end, where the next point is known.
            for (int to = all.size(); to > 0; to -= atOnce) {
                addPass(scores, stage.some(Math.max(0, to - atOnce), to), changes, which, loss);
            }
        }

        private void addPass(
                double[] scores, StagePoints some, NDArray way, Changes changes, UnaryOperator<NDArray> loss) {
            EdgeGradients products = new GradientRuns(rule.on(model), some, way, changes, rule.followsPatterns())
                    .products(model.tokens(piece, PromptSide.CLEAN), loss, ofEach.length > 0);
            int gradients = points.followsTheWay()
                    ? 1
                    : stages().stream().mapToInt(stage -> stage.shares().size()).sum();
            double weight = (double) piece.size() / batchSize / gradients;
            for (DestinationModule module : model.graph().modules()) {
                if (points.counts(some, module, model.config())) {
                    accumulate(module, scores, products.ofAll(), weight);
                    for (int prompt = 0; prompt < ofEach.length; prompt++) {
                        accumulate(module, ofEach[prompt], products.ofEach()[prompt], weight);
                    }
                }
            }
        }

        /** Adds a module's edges, at every position that edges have. */
        private void accumulate(DestinationModule module, double[] sums, double[] products, double weight) {
            ModelGraph graph = model.graph();
            for (int position = 0; position < graph.positions(); position++) {
                int first = position * graph.edgesPerPosition() + module.offset();
                for (int edge = first; edge < first + module.edges(); edge++) {
                    sums[edge] += weight * products[edge];
                }
            }
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
