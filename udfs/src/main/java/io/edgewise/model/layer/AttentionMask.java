package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.config.AttentionDirection;
import org.jspecify.annotations.Nullable;

/**
 * Which positions attend to which.
 *
 * @param bias added to the attention scores, {@code [from, to]} or, where prompts have padding, {@code [batch, 1, from,
 *     to]}; minus infinity forbids; null allows everything
 * @param real 1 where a position holds a token and 0 where it is padding, {@code [batch, 1, from, 1]}; null without padding
 */
record AttentionMask(@Nullable NDArray bias, @Nullable NDArray real) {

    /**
     * @param window how many positions a position attends to, itself included; 0 for all
     * @param prefix positions before the tokens that all of them may attend to
     */
    static AttentionMask of(AttentionDirection direction, int window, Tokens tokens, int prefix) {
        if (!tokens.hasPads()) {
            boolean allowsAll = direction == AttentionDirection.BIDIRECTIONAL && window == 0;
            return new AttentionMask(allowsAll ? null : bias(direction, window, tokens, prefix, 1), null);
        }
        NDManager manager = tokens.ids().getManager();
        NDArray real = manager.create(tokens.real(), new Shape(tokens.batch(), 1, tokens.length(), 1));
        return new AttentionMask(bias(direction, window, tokens, prefix, tokens.batch()), real.duplicate());
    }

    private static NDArray bias(AttentionDirection direction, int window, Tokens tokens, int prefix, int prompts) {
        int length = tokens.length();
        int reach = prefix + length;
        float[] bias = new float[Math.multiplyExact(prompts, Math.multiplyExact(length, reach))];
        for (int i = 0; i < bias.length; i++) {
            int from = i / reach % length;
            int to = i % reach - prefix;
            int pad = tokens.hasPads() ? tokens.pads().get(i / (reach * length)) : 0;
            boolean isBehind = direction == AttentionDirection.CAUSAL && to > from;
            // Padding attends to itself, so that its softmax is defined; what comes of it is masked.
            boolean isPadding = to >= 0 && to < pad && to != from;
            boolean isBeyond = window > 0 && from - to >= window;
            bias[i] = isBehind || isPadding || isBeyond ? Float.NEGATIVE_INFINITY : 0;
        }
        Shape shape = tokens.hasPads() ? new Shape(prompts, 1, length, reach) : new Shape(length, reach);
        return tokens.ids().getManager().create(bias, shape).duplicate();
    }

    /** How much each position attends to each, {@code [batch, head, from, to]}, from the scores. */
    NDArray pattern(NDArray scores) {
        NDArray pattern = (bias == null ? scores : scores.add(bias)).softmax(-1);
        return real == null ? pattern : pattern.mul(real);
    }

    /** How much the last position attends to each, {@code [batch, head, 1, to]}, from its scores. The last position is never padding. */
    NDArray patternOfLast(NDArray scores) {
        NDArray last = bias == null ? null : bias.get(bias.getShape().dimension() == 2 ? "-1:" : ":, :, -1:");
        return (last == null ? scores : scores.add(last)).softmax(-1);
    }
}
