package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Attention of one block in one forward pass.
 *
 * @param rotary rotates queries and keys by their positions; null where positions are learned
 * @param prefix keys and values of tokens that come before all prompts; null for none
 * @param at the beginning of the names that hooks have in this block: {@code blocks.0.}
 */
public record AttentionPass(
        Attention weights,
        AttentionMask mask,
        @Nullable RotaryTable rotary,
        @Nullable KeyValues prefix,
        Hooks hooks,
        String at)
        implements Heads {

    @Override
    public NDArray project(NDArray input, int keyValueInputs) {
        return weights.project(input, keyValueInputs);
    }

    @Override
    public NDArray mix(NDArray projected) {
        return mix(weights.split(projected));
    }

    @Override
    public NDArray mix(Input input) {
        return mix(weights.split(input));
    }

    /** The output of each head's attention, before W_O, from queries, keys and values. */
    public NDArray mix(NDList split) {
        NDArray query = placed(hooks.at(at, "attn.hook_q", split.get(0)), weights.queryNorm());
        NDArray key = placed(hooks.at(at, "attn.hook_k", split.get(1)), weights.keyNorm());
        NDArray value = hooks.at(at, "attn.hook_v", split.get(2));
        key = weights.repeat(behind(prefix == null ? null : prefix.keys(), hooks.at(at, KeyValueCache.KEYS, key)), 1);
        value = weights.repeat(behind(prefix == null ? null : prefix.values(), value), 1);
        NDArray pattern = hooks.at(at, "attn.hook_pattern", mask.pattern(weights.scores(query, key)));
        return hooks.at(at, "attn.hook_z", pattern.matMul(value));
    }

    /**
     * The output of some heads' attention, before W_O, without hooks and prefix.
     *
     * @param query {@code [b, n, s, e]}, as projected; {@code key} and {@code value} have as many heads
     */
    public NDArray mixSome(NDArray query, NDArray key, NDArray value) {
        NDArray scores = weights.scores(placed(query, weights.queryNorm()), placed(key, weights.keyNorm()));
        return mask.pattern(scores).matMul(value);
    }

    /**
     * The same at the last position alone.
     *
     * @return {@code [b, n, 1, e]}
     */
    public NDArray mixSomeLast(NDArray query, NDArray key, NDArray value) {
        return ofLast(query, placed(key, weights.keyNorm()), value);
    }

    /**
     * The output of each head's attention at the last position alone, before W_O, without hooks and prefix.
     *
     * @param split queries, keys and values, {@code [b, n, s, e]}, as projected
     * @return {@code [b, h, 1, e]}
     */
    public NDArray mixLast(NDList split) {
        NDArray key = weights.repeat(placed(split.get(1), weights.keyNorm()), 1);
        return ofLast(split.get(0), key, weights.repeat(split.get(2), 1));
    }

    /** @param key placed */
    private NDArray ofLast(NDArray query, NDArray key, NDArray value) {
        NDArray last = LastPosition.of(placed(query, weights.queryNorm()));
        return mask.patternOfLast(weights.scores(last, key)).matMul(value);
    }

    /** Queries or keys as attention multiplies them: normed, and rotated by their positions. */
    NDArray placed(NDArray heads, @Nullable Norm norm) {
        return turned(norm == null ? heads : norm.apply(heads));
    }

    /** Rotates queries or keys by their positions. */
    NDArray turned(NDArray heads) {
        return rotary == null ? heads : rotary.turn(heads);
    }

    /** The two joined along the positions. The prefix {@code [1, h, p, e]} is repeated for every prompt. */
    NDArray behind(@Nullable NDArray before, NDArray own) {
        if (before == null) {
            return own;
        }
        boolean isCompact = before.getShape().get(1) < own.getShape().get(1);
        NDArray heads = isCompact ? weights.repeat(before, 1) : before;
        Shape shape = heads.getShape();
        return heads.broadcast(own.getShape().get(0), shape.get(1), shape.get(2), shape.get(3))
                .concat(own, 2);
    }

    @Override
    public NDArray patternEffects(int kind, NDArray input, NDArray projected, NDArray gradient, NDArray changes) {
        return PatternEffects.of(this, projected, gradient)
                .of(kind, weights.norm().ofChange(input, changes));
    }

    @Override
    public NDArray writePerHead(NDArray mixed) {
        return weights.writePerHead(mixed);
    }

    @Override
    public void writePerHead(NDArray mixed, NDArray into) {
        weights.writePerHead(mixed, into);
    }

    @Override
    public boolean writeLinearly() {
        return weights.postNorm() == null;
    }

    @Override
    public InputGradients pullBack(NDArray input, NDArray projected, NDArray gradient) {
        return weights.pullBack(input, projected, gradient);
    }
}
