package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.config.RelevanceRule;
import io.edgewise.model.torch.Scale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A decoder whose backward pass follows some of RelP's rules, on the same weights.
 *
 * @param rules that hold; with none it is the decoder itself
 */
public record Relevance(Set<RelevanceRule> rules) {
    public Relevance {
        rules = Set.copyOf(rules);
    }

    public Decoder of(Decoder decoder) {
        return new Decoder(
                decoder.config(),
                decoder.tokenEmbedding(),
                decoder.positionEmbedding(),
                decoder.blocks().stream().map(this::block).toList(),
                norm(decoder.finalNorm()),
                decoder.unembedding());
    }

    /** The settings of forward passes on such a decoder. */
    public Forward in(Forward forward, int blocks) {
        Hooks hooks = forward.hooks();
        for (int block = 0; block < blocks && rules.contains(RelevanceRule.AH_RULE); block++) {
            hooks = hooks.with("blocks." + block + ".attn.hook_pattern", (name, pattern) -> pattern.stopGradient());
        }
        return forward.with(hooks);
    }

    /** The same product, with half of its gradient. */
    static NDArray halved(NDArray product) {
        NDArray half = Scale.by(0.5, product);
        return half.add(half.stopGradient());
    }

    private Decoder.Block block(Decoder.Block block) {
        Attention attention = block.attention();
        FeedForward mlp = block.mlp();
        return new Decoder.Block(
                new Attention(
                        attention.config(),
                        norm(attention.norm()),
                        attention.projections(),
                        orNull(attention.queryNorm()),
                        orNull(attention.keyNorm()),
                        attention.output(),
                        orNull(attention.postNorm())),
                mlp == null ? null : mlp.with(this));
    }

    Norm norm(Norm norm) {
        return rules.contains(RelevanceRule.LN_RULE) && !(norm instanceof NoNorm) ? new HeldNorm(norm) : norm;
    }

    @Nullable
    Norm orNull(@Nullable Norm norm) {
        return norm == null ? null : norm(norm);
    }
}
