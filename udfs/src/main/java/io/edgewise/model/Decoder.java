package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a decoder as the parts that run one after another.
 *
 * @param tokenEmbedding {@code [vocabulary, d_model]}
 * @param positionEmbedding {@code [position, d_model]}
 * @param unembedding {@code [d_model, vocabulary]}
 */
record Decoder(
        AttentionDirection direction,
        NDArray tokenEmbedding,
        NDArray positionEmbedding,
        List<Block> blocks,
        Norm finalNorm,
        Linear unembedding)
        implements Network {
    Decoder {
        blocks = List.copyOf(blocks);
    }

    /**
     * Attention, then an MLP.
     *
     * @param mlp null in a model of attention alone
     */
    record Block(Attention attention, @Nullable Mlp mlp) {}

    @Override
    public NDArray run(Tokens tokens, ResidualStream stream, Forward forward) {
        AttentionMask mask = AttentionMask.of(direction, tokens, forward.prefixLength());
        NDArray residual = embed(tokens, forward);
        stream.start(residual);
        for (int block = 0; block < blocks.size(); block++) {
            NDArray before = residual;
            int index = block;
            residual = KeptArrays.only(() -> runBlock(index, before, mask, stream, forward));
        }
        return unembed(stream.endInput(blocks.size() - 1, residual), forward);
    }

    private NDArray runBlock(int index, NDArray before, AttentionMask mask, ResidualStream stream, Forward forward) {
        Block block = blocks.get(index);
        Hooks hooks = forward.hooks();
        String at = "blocks." + index + ".";
        NDArray residual = hooks.at(at, "hook_resid_pre", before);
        KeyValues prefix =
                forward.prefix() == null ? null : forward.prefix().blocks().get(index);
        Heads heads = new AttentionPass(block.attention(), mask, prefix, hooks, at);
        NDArray mixed = stream.mix(index, heads, residual);
        stream.headsWrote(index, heads, mixed);
        residual = residual.add(hooks.at(at, "hook_attn_out", block.attention().write(mixed)));
        if (block.mlp() != null) {
            residual = hooks.at(at, "hook_resid_mid", stream.middle(index, residual));
            NDArray mlp = block.mlp().apply(stream.mlpInput(index, residual), hooks, at);
            NDArray wrote = hooks.at(at, "hook_mlp_out", mlp);
            stream.mlpWrote(index, wrote);
            residual = residual.add(wrote);
        }
        NDArray after = index < blocks.size() - 1 ? stream.post(index, residual) : residual;
        return hooks.at(at, "hook_resid_post", after);
    }

    @Override
    public NDArray embed(Tokens tokens, Forward forward) {
        return KeptArrays.only(() -> {
            NDArray words = lookUp(tokens.ids(), tokenEmbedding);
            NDArray named = forward.hooks().at("", "hook_embed", words);
            return named.add(forward.hooks().at("", "hook_pos_embed", positions(tokens, forward.prefixLength())));
        });
    }

    /** Padding has no position: its embedding is zero. */
    private NDArray positions(Tokens tokens, int prefix) {
        long length = tokens.length();
        Shape shape =
                new Shape(tokens.batch(), length, positionEmbedding.getShape().get(1));
        if (!tokens.hasPads()) {
            return positionEmbedding.get("{}:{}", prefix, prefix + length).broadcast(shape);
        }
        NDManager manager = tokens.ids().getManager();
        float[] real = tokens.real();
        long[] ids = new long[real.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = prefix + Math.max(0, i % length - tokens.pads().get((int) (i / length)));
        }
        NDArray embedded = lookUp(manager.create(ids, tokens.ids().getShape()), positionEmbedding);
        return embedded.mul(
                manager.create(real, new Shape(tokens.batch(), length, 1)).duplicate());
    }

    private static NDArray lookUp(NDArray ids, NDArray embedding) {
        return Embedding.embedding(ids, embedding, SparseFormat.DENSE).singletonOrThrow();
    }

    private NDArray unembed(NDArray residual, Forward forward) {
        return KeptArrays.only(() -> {
            NDArray normed = finalNorm.apply(forward.slice().of(residual));
            return unembedding.apply(forward.hooks().at("", "ln_final.hook_normalized", normed));
        });
    }
}
