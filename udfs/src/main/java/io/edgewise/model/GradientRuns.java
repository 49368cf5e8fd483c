package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.graph.Level;
import io.edgewise.model.layer.Forward;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.stream.MovedStage;
import io.edgewise.model.stream.ProductStream;
import io.edgewise.model.torch.Autograd;
import java.util.function.UnaryOperator;

/**
 * Runs of a model in which every edge is as it is, and the product of the gradient at every edge's destination with a change of its source;
 * or of the gradient of the residual stream behind every source.
 *
 * @param level what has products: edges, nodes or neurons
 * @param points the stage that is moved, and how far in each run
 * @param way what the sources change from the start of the way to its end, {@code [source, batch, seq, d_model]}
 * @param changes what the gradients are multiplied with
 * @param followsPatterns whether edges to queries and keys count by what they change in the attention pattern, not by their gradient
 */
public record GradientRuns(
        PatchableModel model, Level level, StagePoints points, NDArray way, Changes changes, boolean followsPatterns) {

    /** The changes of the sources' outputs that gradients are multiplied with. */
    public sealed interface Changes {

        /**
         * Changes that are known beforehand.
         *
         * @param array the same changes for all runs, {@code [source, batch, seq, d_model]}
         */
        record Given(NDArray array) implements Changes {}

        /**
         * Changes that depend on what the sources write in the runs themselves.
         *
         * @param from makes the changes of the outputs, both {@code [source, run batch, seq, d_model]}
         */
        record OfRun(UnaryOperator<NDArray> from) implements Changes {}
    }

    /**
     * The sum over all runs of the products, {@code <dL/d(input of d), change of s>} for every edge s to d; at other levels
     * {@code <dL/d(output of s), change of s>} for every source, without the sum over d_model at the level of neurons.
     *
     * @param loss makes one number of the logits of one run {@code [batch, seq?, vocabulary]}; called for each run in turn
     * @param ofEachPrompt whether each prompt's share is wanted; it costs one more product
     */
    public EdgeGradients products(Tokens tokens, UnaryOperator<NDArray> loss, boolean ofEachPrompt) {
        boolean records = changes instanceof Changes.OfRun;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            MovedStage moved = MovedStage.of(model.graph(), points.kind(), points.block(), way, points.shares());
            Forward forward = moved.in(model.settings());
            try (ProductStream stream = ProductStream.of(level, model.graph(), moved, records, followsPatterns)) {
                NDArray total;
                try (Autograd recording = Autograd.recording()) {
                    NDArray logits = model.run(tokens.times(moved.runs()), stream, forward);
                    total = RunLosses.sum(logits, moved.runs(), loss);
                }
                try (Autograd off = Autograd.off()) {
                    double[] products = stream.products(total, changes(stream), ofEachPrompt);
                    return new EdgeGradients(
                            products, ofEachPrompt ? stream.productsOfEach(tokens.batch()) : new double[0][]);
                }
            }
        }
    }

    private NDArray changes(ProductStream stream) {
        return changes instanceof Changes.OfRun ofRun
                ? ofRun.from().apply(stream.sources())
                : ((Changes.Given) changes).array();
    }
}
