package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.InputException;
import io.edgewise.ablation.BatchAblation;
import io.edgewise.graph.Level;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.NodeGradients;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchNotes;
import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.RightAnswers;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Edge attribution patching of whole nodes or of neurons: the gradient of a loss on the clean prompts at what each node writes, times its
 * ablation less that. A node's score is the sum of the mask gradients at mask 0 of all its edges, and the sum of its neurons' scores. At
 * other masks destinations read the stream with a part of the ablations mixed in, so no gradient of the stream is that of all edges of a node.
 *
 * <p>EAP-IG takes the gradient at an MLP's input instead of its output, so its scores of MLPs differ.
 *
 * @param gradient the mask gradient, at mask 0
 * @param level nodes or neurons
 * @param width scores per node: 1, or {@code d_model} at the level of neurons
 */
public record NodeGradient(MaskGradient gradient, Level level, int width) implements PromptScorer {
    public NodeGradient {
        if (level == Level.EDGE || !isDefined(gradient.maskValue())) {
            throw new InputException("Scores of nodes and neurons are mask gradients at mask 0, got "
                    + gradient.maskValue() + " for " + level.words());
        }
    }

    /** Whether nodes and neurons have scores at a mask value. */
    public static boolean isDefined(MaskValue maskValue) {
        return maskValue instanceof MaskValue.Constant constant && constant.value() == 0;
    }

    @Override
    public int stateLength(ModelGraph graph) {
        return Math.multiplyExact(graph.sources().size(), width);
    }

    @Override
    public BatchVector score(PatchableModel model, BatchPieces batch, @Nullable PromptShares shares) {
        double[] scores = new double[stateLength(model.graph())];
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            BatchAblation ablated = BatchAblation.of(gradient.ablation(), model, batch);
            RightAnswers right = batch.pieces().stream()
                    .map(piece -> add(model, piece, ablated, scores, shares))
                    .reduce(RightAnswers.NONE, RightAnswers::with);
            return new BatchVector(batch.whole().index(), batch.whole().size(), scores, BatchNotes.of(right));
        }
    }

    /** Adds a piece's share, as {@link MaskGradient} does, and says how often the whole model is right on it. */
    private RightAnswers add(
            PatchableModel model,
            PromptBatch piece,
            BatchAblation ablated,
            double[] scores,
            @Nullable PromptShares shares) {
        double weight = (double) piece.size() / gradient.batchSize();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TaskCounter task = new TaskCounter(model, piece);
            NDArray patch = task.patch(ablated);
            UnaryOperator<NDArray> loss = gradient.loss(model, piece);
            NodeGradients found = model.nodeGradients(
                    model.tokens(piece, PromptSide.CLEAN), patch, level, task.counting(loss), shares != null);
            addTo(scores, found.ofAll(), weight);
            for (int prompt = 0; shares != null && prompt < piece.size(); prompt++) {
                double[] share = new double[scores.length];
                addTo(share, found.ofEach()[prompt], weight);
                shares.add(piece.pairs().get(prompt), share);
            }
            return task.finish();
        }
    }

    private static void addTo(double[] sums, double[] some, double weight) {
        for (int place = 0; place < sums.length; place++) {
            sums[place] += weight * some[place];
        }
    }

    @Override
    public double ofSum(long prompts) {
        return 1;
    }

    @Override
    public int scoreCount(ModelGraph graph) {
        return stateLength(graph);
    }

    @Override
    public NodeScores scores(ModelGraph graph, double[] sum, long prompts) {
        return NodeScores.of(graph, level, width, sum);
    }

    /** @return one number per node or neuron, row-major {@code [source, width]} */
    @Override
    public double[] finish(ModelGraph graph, double[] sum, long prompts) {
        return sum;
    }
}
