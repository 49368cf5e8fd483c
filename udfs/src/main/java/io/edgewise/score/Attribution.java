package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.AblationType;
import io.edgewise.ablation.BatchAblation;
import io.edgewise.graph.Level;
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
 * A node's score is {@code <dL/dC_s, P_s - C_s>}, which is the sum of the scores of its edges, and that of its neurons is the same without the
 * sum over d_model. (EAP-IG takes the gradient at an MLP's input instead of its output, so its scores of MLPs differ.) Positive: patching the edge lowers the answer. The loss is a mean over a batch's prompts, and the scores of batches add up; so they are
 * EAP-IG's times the number of prompts, divided by the size of a full batch. A batch smaller than {@code batchSize} counts for its share.
 *
 * @param points where the gradients are taken
 * @param rule how
 * @param batchSize prompts in a full batch
 * @param level what is scored
 * @param width scores per source at the levels of nodes and neurons: 1 or {@code d_model}
 */
public record Attribution(
        GradFunction gradFunction,
        AnswerFunction answerFunction,
        GradientPoints points,
        GradientRule rule,
        AblationActivations ablation,
        int batchSize,
        Level level,
        int width)
        implements PromptScorer {

    /** The attribution of edges. */
    public Attribution(
            GradFunction gradFunction,
            AnswerFunction answerFunction,
            GradientPoints points,
            GradientRule rule,
            AblationActivations ablation,
            int batchSize) {
        this(gradFunction, answerFunction, points, rule, ablation, batchSize, Level.EDGE, 1);
    }

    /** The attribution of edges by the logits of the answers, with what the sources write on the corrupt prompts as ablation. */
    public static Attribution resampled(GradientPoints points, GradientRule rule, int batchSize) {
        return new Attribution(
                GradFunction.LOGIT,
                AnswerFunction.AVG_DIFF,
                points,
                rule,
                AblationActivations.of(Ablation.of(AblationType.RESAMPLE, PromptSide.CORRUPT)),
                batchSize);
    }

    @Override
    public Attribution at(Level other, int modelWidth) {
        return new Attribution(
                gradFunction, answerFunction, points, rule, ablation, batchSize, other, other.width(modelWidth));
    }

    @Override
    public BatchVector score(PatchableModel model, BatchPieces batch, @Nullable PromptShares shares) {
        points.check(model.graph().spec(), ablation.ablation().type());
        rule.check(model.graph().spec());
        double[] scores = new double[stateLength(model.graph())];
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
            this.model = answerFunction.reading(gradFunction, model, piece);
            this.piece = piece;
            this.ofEach = new double[withEach ? piece.size() : 0][stateLength(model.graph())];
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
            EdgeGradients products = new GradientRuns(rule.on(model), level, some, way, changes, rule.followsPatterns())
                    .products(model.tokens(piece, PromptSide.CLEAN), loss, ofEach.length > 0);
            int gradients = points.followsTheWay()
                    ? 1
                    : stages().stream().mapToInt(stage -> stage.shares().size()).sum();
            double weight = (double) piece.size() / batchSize / gradients;
            double[] counting = countingEdges(some);
            accumulate(scores, products.ofAll(), counting, weight);
            for (int prompt = 0; prompt < ofEach.length; prompt++) {
                accumulate(ofEach[prompt], products.ofEach()[prompt], counting, weight);
            }
        }

        /** 1 for what counts at a stage's points, and 0 for what doesn't. */
        private double[] countingEdges(StagePoints stage) {
            double[] counts = new double[stateLength(model.graph())];
            for (int score = 0; score < counts.length; score++) {
                boolean isLeftOut = level == Level.EDGE
                        && !points.counts(stage, model.graph().moduleOf(score), model.config());
                counts[score] = isLeftOut ? 0 : 1;
            }
            return counts;
        }
    }

    private static void accumulate(double[] sums, double[] products, double[] counting, double weight) {
        for (int score = 0; score < sums.length; score++) {
            sums[score] += weight * counting[score] * products[score];
        }
    }

    @Override
    public int stateLength(ModelGraph graph) {
        return level == Level.EDGE
                ? graph.edgeCount()
                : Math.multiplyExact(graph.sources().size(), width);
    }

    @Override
    public int scoreCount(ModelGraph graph) {
        return stateLength(graph);
    }

    @Override
    public RankedScores scores(ModelGraph graph, double[] sum, long prompts) {
        return level == Level.EDGE ? PruneScores.of(graph, sum) : NodeScores.of(graph, level, width, sum);
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
