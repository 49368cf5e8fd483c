package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Attention of one block in one forward pass.
 *
 * @param prefix keys and values of tokens that come before all prompts; null for none
 * @param at where hooks find the block: {@code blocks.0.}
 */
record AttentionPass(Attention weights, AttentionMask mask, @Nullable KeyValues prefix, Hooks hooks, String at)
        implements Heads {

    @Override
    public NDArray project(NDArray input) {
        return weights.project(input);
    }

    @Override
    public NDArray mix(NDArray projected) {
        return mix(weights.split(projected));
    }

    @Override
    public NDArray mix(Input input) {
        return mix(weights.split(input));
    }

    private NDArray mix(NDList split) {
        NDArray query = hooks.at(at, "attn.hook_q", split.get(0));
        NDArray key = hooks.at(at, "attn.hook_k", split.get(1));
        NDArray value = hooks.at(at, "attn.hook_v", split.get(2));
        if (prefix != null) {
            key = behind(prefix.keys(), key);
            value = behind(prefix.values(), value);
        }
        NDArray pattern = hooks.at(at, "attn.hook_pattern", mask.pattern(weights.scores(query, key)));
        return hooks.at(at, "attn.hook_z", pattern.matMul(value));
    }

    /** Both along the positions; the prefix {@code [1, h, p, e]} is every prompt's. */
    private static NDArray behind(NDArray prefix, NDArray own) {
        Shape shape = prefix.getShape();
        return prefix.broadcast(own.getShape().get(0), shape.get(1), shape.get(2), shape.get(3))
                .concat(own, 2);
    }

    @Override
    public NDArray writePerHead(NDArray mixed) {
        return weights.writePerHead(mixed);
    }

    @Override
    public NDArray pullBack(NDArray input, NDArray gradient) {
        return weights.pullBack(input, gradient);
    }
}
