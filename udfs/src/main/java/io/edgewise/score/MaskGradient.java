package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.Tokens;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchVector;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * AutoCircuit's {@code mask_gradient_prune_scores}: the gradient of a loss on the clean prompts with respect to the mask
 * that interpolates each edge between its current activation and its ablation. Positive: patching the edge lowers the
 * answer.
 *
 * <p>A batch smaller than {@code batchSize} counts for its share of it, so that every prompt weighs the same. AutoCircuit
 * drops such a batch.
 *
 * @param batchSize prompts in a full batch
 */
public record MaskGradient(
        GradFunction gradFunction,
        AnswerFunction answerFunction,
        MaskValue maskValue,
        AblationActivations ablation,
        int batchSize)
        implements EdgeScorer {
    /** Small batches run at several mask values at once, as long as these are no more tokens than this ... */
    private static final int TOKENS_AT_ONCE = 1024;
    /** ... and what their sources write takes no more bytes. */
    private static final long SOURCE_BYTES_AT_ONCE = 384L << 20;

    /**
     * At how many mask values a batch runs at once.
     *
     * @param tokens of all the batch's prompts
     * @param sourceBytes what all sources write for them
     */
    public static int pointsAtOnce(MaskValue maskValue, long tokens, long sourceBytes) {
        long fit = Math.min(TOKENS_AT_ONCE / tokens, SOURCE_BYTES_AT_ONCE / sourceBytes);
        return (int) Math.max(1, Math.min(maskValue.points().count(), fit));
    }

    @Override
    public BatchVector score(PatchableModel model, PromptBatch batch) {
        double[] scores = new double[model.graph().edgeCount()];
        double weight = (double) batch.size() / batchSize;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray patch = ablation.on(model, batch);
            Tokens tokens = model.tokens(batch, PromptSide.CLEAN);
            UnaryOperator<NDArray> ofValues = answerFunction.loss(model, batch);
            UnaryOperator<NDArray> loss = logits -> ofValues.apply(gradFunction.apply(logits));
            List<Double> points = maskValue.points().boxed().toList();
            int atOnce = pointsAtOnce(maskValue, (long) batch.size() * batch.length(), 4 * patch.size());
            for (int first = 0; first < points.size(); first += atOnce) {
                List<Double> some = points.subList(first, Math.min(points.size(), first + atOnce));
                double[] gradients = model.maskGradients(tokens, patch, some, loss);
                for (int edge = 0; edge < scores.length; edge++) {
                    scores[edge] += weight * gradients[edge];
                }
            }
        }
        return new BatchVector(batch.index(), batch.size(), scores);
    }

    @Override
    public double[] finish(ModelGraph graph, double[] sum, long prompts) {
        return sum;
    }
}
