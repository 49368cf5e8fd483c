package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.PromptMasks;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.stream.MaskOne;
import io.edgewise.model.stream.PatchOrigin;
import io.edgewise.model.stream.TrainedStream;
import io.edgewise.model.stream.UniformStream;
import io.edgewise.model.torch.Autograd;
import java.util.List;
import java.util.function.UnaryOperator;

/** The gradients of a loss with respect to the masks of edges, which patch them where they are above 0. */
public record MaskGradients(PatchableModel model) {

    /**
     * The gradient of a loss with respect to the mask of every edge, all masks at one value.
     *
     * @param patch ablation activations, {@code [source, batch, seq, d_model]}
     * @param mask 0 leaves every edge as it is, 1 patches it fully
     * @param loss makes one number of the logits {@code [batch, seq?, vocabulary]}
     * @return one number per edge, in the canonical order of {@link ModelGraph}
     */
    public double[] of(Tokens tokens, NDArray patch, double mask, UnaryOperator<NDArray> loss) {
        return of(tokens, patch, PatchOrigin.OTHER, List.of(mask), loss);
    }

    /**
     * The sum of {@link #of(Tokens, NDArray, double, UnaryOperator)} over several mask values, in one forward and one backward
     * pass. The batch is repeated once for each value: faster where prompts are few, but it takes that many times the memory.
     *
     * @param loss is applied to the logits of each mask value
     */
    public double[] of(
            Tokens tokens, NDArray patch, PatchOrigin origin, List<Double> masks, UnaryOperator<NDArray> loss) {
        return of(tokens, Patch.of(model, patch), origin, masks, loss, false).ofAll();
    }

    /**
     * The same as {@link #of(Tokens, NDArray, PatchOrigin, List, UnaryOperator)}, to the last bit, with what each prompt adds to it.
     *
     * @param patch what patched edges carry
     * @param ofEachPrompt whether each prompt's share is wanted; it costs one more product of gradients and changes
     */
    public EdgeGradients of(
            Tokens tokens,
            Patch patch,
            PatchOrigin origin,
            List<Double> masks,
            UnaryOperator<NDArray> loss,
            boolean ofEachPrompt) {
        MaskOne one = MaskOne.of(masks, origin, model.settings().hooks());
        List<Double> runs = one.runs(masks);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            try (UniformStream stream =
                    new UniformStream(model.graph(), patch.activations(), runs, one, ofEachPrompt)) {
                NDArray sum;
                try (Autograd recording = Autograd.recording()) {
                    NDArray logits = model.run(tokens.times(runs.size()), stream, model.settings());
                    sum = RunLosses.sum(logits, masks.size(), loss);
                }
                try (Autograd off = Autograd.off()) {
                    double[] gradients = stream.maskGradients(sum);
                    return new EdgeGradients(
                            gradients, ofEachPrompt ? stream.maskGradientsOfEach(tokens.batch()) : new double[0][]);
                }
            }
        }
    }

    /**
     * A loss, and its gradient with respect to the mask of every edge, where every edge has a mask of its own.
     *
     * @param patch ablation activations, {@code [source, batch, seq, d_model]}
     * @param masks for all prompts together, or for each; 0 leaves an edge as it is, 1 patches it fully
     * @param loss makes one number of the logits {@code [batch, seq?, vocabulary]}
     * @throws IllegalStateException where the model has hooks: gradients don't pass through them
     */
    public LossGradients of(Tokens tokens, NDArray patch, PromptMasks masks, UnaryOperator<NDArray> loss) {
        if (!model.settings().hooks().isEmpty()) {
            throw new IllegalStateException("Masks of single edges are trained without hooks; leave the hooks out");
        }
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            try (TrainedStream stream = new TrainedStream(model.graph(), patch, masks)) {
                NDArray value;
                try (Autograd recording = Autograd.recording()) {
                    value = loss.apply(model.run(tokens, stream, model.settings()));
                }
                try (Autograd off = Autograd.off()) {
                    return new LossGradients(
                            value.toType(DataType.FLOAT64, true).getDouble(), stream.maskGradients(value));
                }
            }
        }
    }
}
