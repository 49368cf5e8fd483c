package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.InputException;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.BatchAblation;
import io.edgewise.graph.Level;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.EdgeGradients;
import io.edgewise.model.MaskGradients;
import io.edgewise.model.Patch;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.stream.PatchOrigin;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchNotes;
import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.RightAnswers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * AutoCircuit's {@code mask_gradient_prune_scores}: the gradient of a loss on the clean prompts with respect to the mask that interpolates each edge
 * between its current activation and its ablation. Positive: patching the edge lowers the answer.
 *
 * <p>A batch smaller than {@code batchSize} counts for its share of a full one, so that every prompt counts the same. AutoCircuit drops such a batch.
 *
 * @param batchSize prompts in a full batch
 */
public record MaskGradient(
        GradFunction gradFunction,
        AnswerFunction answerFunction,
        MaskValue maskValue,
        AblationActivations ablation,
        int batchSize)
        implements PromptScorer {
    /** At mask 0 nodes and neurons have scores too. */
    @Override
    public EdgeScorer at(Level level, int modelWidth) {
        if (level == Level.EDGE) {
            return this;
        }
        if (!isPlain(maskValue)) {
            throw new InputException("Scores of nodes and neurons are mask gradients at mask 0, got " + maskValue
                    + " for " + level.words());
        }
        return new Attribution(
                        gradFunction,
                        answerFunction,
                        new GradientPoints.Clean(),
                        new GradientRule.Gradient(),
                        ablation,
                        batchSize)
                .at(level, modelWidth);
    }

    /** Whether all edges are as they are. */
    public static boolean isPlain(MaskValue maskValue) {
        return maskValue instanceof MaskValue.Constant constant && constant.value() == 0;
    }

    /** How many mask values run at once where there is room for them: mask 1 mostly needs no run. */
    public static int runs(MaskValue maskValue) {
        return (int) maskValue.points().filter(mask -> mask < 1).count();
    }

    @Override
    public BatchVector score(PatchableModel model, BatchPieces batch, @Nullable PromptShares shares) {
        double[] scores = new double[model.graph().edgeCount()];
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            BatchAblation ablated = BatchAblation.of(ablation, model, batch);
            RightAnswers right = batch.pieces().stream()
                    .map(piece -> add(model, piece, ablated, scores, shares))
                    .reduce(RightAnswers.NONE, RightAnswers::with);
            return new BatchVector(batch.whole().index(), batch.whole().size(), scores, BatchNotes.of(right));
        }
    }

    /** Adds a piece's share: the loss is a mean over prompts, so pieces add up as batches do. Says how often the whole model is right on it. */
    private RightAnswers add(
            PatchableModel whole,
            PromptBatch piece,
            BatchAblation ablated,
            double[] scores,
            @Nullable PromptShares shares) {
        PatchableModel model = answerFunction.reading(gradFunction, whole, piece);
        double weight = (double) piece.size() / batchSize;
        double[][] ofEach = new double[shares == null ? 0 : piece.size()][scores.length];
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TaskCounter task = new TaskCounter(model, piece);
            Patch patch = task.maskPatch(ablated);
            Tokens tokens = model.tokens(piece, PromptSide.CLEAN);
            UnaryOperator<NDArray> loss = loss(model, piece);
            int atOnce =
                    RunsAtOnce.of(runs(maskValue), (long) piece.size() * piece.length(), sourceBytes(model, piece));
            PatchOrigin origin = ablation.ablation().type().origin();
            for (List<Double> some : passes(atOnce, origin)) {
                EdgeGradients gradients = new MaskGradients(model)
                        .of(tokens, patch, origin, some, some.get(0) == 0 ? task.counting(loss) : loss, shares != null);
                addTo(scores, gradients.ofAll(), weight);
                for (int prompt = 0; prompt < ofEach.length; prompt++) {
                    addTo(ofEach[prompt], gradients.ofEach()[prompt], weight);
                }
            }
            for (int prompt = 0; prompt < ofEach.length; prompt++) {
                Objects.requireNonNull(shares).add(piece.pairs().get(prompt), ofEach[prompt]);
            }
            return task.finish();
        }
    }

    /** The bytes that all sources write for a piece. */
    private static long sourceBytes(PatchableModel model, PromptBatch piece) {
        return 4L
                * model.graph().sources().size()
                * piece.size()
                * piece.length()
                * model.config().modelWidth();
    }

    private static void addTo(double[] sums, double[] gradients, double weight) {
        for (int edge = 0; edge < sums.length; edge++) {
            sums[edge] += weight * gradients[edge];
        }
    }

    @Override
    public double ofSum(long prompts) {
        return 1;
    }

    /** The mask values of every pass. Mask 1 costs little: it comes last in a pass, or, where it has to run, has a pass of its own. */
    private List<List<Double>> passes(int atOnce, PatchOrigin origin) {
        List<List<Double>> passes = new ArrayList<>();
        List<Double> points = maskValue.points().boxed().toList();
        int below = (int) points.stream().filter(mask -> mask < 1).count();
        for (int first = 0; first < below; first += atOnce) {
            int last = Math.min(below, first + atOnce);
            boolean withOne = last == below && origin == PatchOrigin.ONE_RUN;
            passes.add(points.subList(first, withOne ? points.size() : last));
        }
        if (below == 0 || origin == PatchOrigin.OTHER) {
            points.subList(below, points.size()).forEach(one -> passes.add(List.of(one)));
        }
        return passes;
    }

    /** Makes one number of a batch's logits. */
    UnaryOperator<NDArray> loss(PatchableModel model, PromptBatch batch) {
        return answerFunction.loss(gradFunction, model, batch);
    }

    @Override
    public double[] finish(ModelGraph graph, double[] sum, long prompts) {
        return sum;
    }
}
