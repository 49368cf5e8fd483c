package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import io.edgewise.model.config.Rotary;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.config.TransformerConfig.BlockLayout;
import io.edgewise.model.torch.ComputeType;
import io.edgewise.model.torch.KeptArrays;
import io.edgewise.model.torch.Scale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a decoder as the parts that run one after another.
 *
 * @param tokenEmbedding {@code [vocabulary, d_model]}
 * @param positionEmbedding {@code [position, d_model]}; null where positions aren't learned
 * @param unembedding {@code [d_model, vocabulary]}
 */
public record Decoder(
        TransformerConfig config,
        NDArray tokenEmbedding,
        @Nullable NDArray positionEmbedding,
        List<Block> blocks,
        Norm finalNorm,
        Linear unembedding)
        implements Network {
    public Decoder {
        blocks = List.copyOf(blocks);
    }

    /**
     * Attention and an MLP, or a mixture of them.
     *
     * @param mlp null in a model of attention alone
     */
    public record Block(Attention attention, @Nullable FeedForward mlp) {}

    @Override
    public NDArray run(Tokens tokens, ResidualStream stream, Forward forward) {
        List<AttentionPass> passes = passes(tokens, forward);
        NDArray residual = stream.start(embed(tokens, forward));
        for (int block = 0; block < blocks.size(); block++) {
            NDArray before = residual;
            int index = block;
            boolean atLast = index == blocks.size() - 1 && stream.endsAtOutput() && forward.givesLastAlone();
            residual = KeptArrays.only(() -> runBlock(index, before, passes.get(index), stream, atLast));
        }
        return unembed(stream.endInput(blocks.size() - 1, residual), forward);
    }

    /** The attention of each block, with the masks and positions of these tokens. The blocks share them. */
    public List<AttentionPass> passes(Tokens tokens, Forward forward) {
        int prefix = forward.prefixLength();
        Map<Rotary, RotaryTable> tables = new HashMap<>();
        Map<Integer, AttentionMask> masks = new HashMap<>();
        List<AttentionPass> passes = new ArrayList<>();
        for (int block = 0; block < blocks.size(); block++) {
            AttentionMask mask = masks.computeIfAbsent(
                    config.attention().windows().get(block),
                    window -> AttentionMask.of(config.attention().direction(), window, tokens, prefix));
            Rotary rotary = config.attention().rotaries().get(block);
            RotaryTable table = rotary == null
                    ? null
                    : tables.computeIfAbsent(rotary, each -> RotaryTable.of(each, tokens, prefix));
            KeyValueCache cache = forward.prefix();
            passes.add(new AttentionPass(
                    blocks.get(block).attention(),
                    mask,
                    table,
                    cache == null ? null : cache.blocks().get(block),
                    forward.hooks(),
                    "blocks." + block + "."));
        }
        return passes;
    }

    /** @param atLast whether the block is computed at the last position alone, except for what its heads read */
    private NDArray runBlock(int index, NDArray before, AttentionPass heads, ResidualStream stream, boolean atLast) {
        FeedForward mlp = blocks.get(index).mlp();
        NDArray residual = heads.hooks().at(heads.at(), "hook_resid_pre", before);
        NDArray all = stream.mix(index, heads, residual);
        NDArray mixed = atLast ? LastPosition.of(all) : all;
        NDArray start = atLast ? LastPosition.of(residual) : residual;
        residual = config.layout() == BlockLayout.PARALLEL && mlp != null
                ? runParallel(index, start, heads, mixed, mlp, stream)
                : runSequence(index, start, heads, mixed, mlp, stream);
        NDArray after = index < blocks.size() - 1 ? stream.post(index, residual) : residual;
        return heads.hooks().at(heads.at(), "hook_resid_post", after);
    }

    private static NDArray runSequence(
            int index,
            NDArray before,
            AttentionPass heads,
            NDArray mixed,
            @Nullable FeedForward mlp,
            ResidualStream stream) {
        stream.headsWrote(index, heads, mixed);
        NDArray residual = before.add(wrote(heads, mixed));
        if (mlp == null) {
            return residual;
        }
        NDArray middle = heads.hooks().at(heads.at(), "hook_resid_mid", stream.middle(index, residual));
        NDArray output = wrote(heads, mlp, stream.mlpInput(index, middle));
        stream.mlpWrote(index, output);
        return middle.add(output);
    }

    /** Attention and MLP read before either has written. */
    private static NDArray runParallel(
            int index, NDArray before, AttentionPass heads, NDArray mixed, FeedForward mlp, ResidualStream stream) {
        NDArray output = wrote(heads, mlp, stream.mlpInput(index, before));
        stream.headsWrote(index, heads, mixed);
        stream.mlpWrote(index, output);
        return before.add(wrote(heads, mixed)).add(output);
    }

    private static NDArray wrote(AttentionPass heads, NDArray mixed) {
        return heads.hooks().at(heads.at(), "hook_attn_out", heads.weights().write(mixed));
    }

    private static NDArray wrote(AttentionPass heads, FeedForward mlp, NDArray input) {
        return heads.hooks().at(heads.at(), "hook_mlp_out", mlp.apply(input, heads.hooks(), heads.at()));
    }

    @Override
    public NDArray embed(Tokens tokens, Forward forward) {
        return KeptArrays.only(() -> {
            NDArray words = lookUp(tokens.ids(), tokenEmbedding);
            double scale = config.embedding().scale();
            NDArray scaled = scale == 1 ? words : Scale.by(scale, words);
            NDArray named = forward.hooks().at("", "hook_embed", scaled);
            NDArray positions = positions(tokens, forward.prefixLength());
            return positions == null ? named : named.add(forward.hooks().at("", "hook_pos_embed", positions));
        });
    }

    /** Padding has no position: its embedding is zero. */
    private @Nullable NDArray positions(Tokens tokens, int prefix) {
        if (positionEmbedding == null) {
            return null;
        }
        long length = tokens.length();
        Shape shape = new Shape(tokens.batch(), length, config.modelWidth());
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
        return ComputeType.widened(
                Embedding.embedding(ids, embedding, SparseFormat.DENSE).singletonOrThrow());
    }

    public NDArray unembed(NDArray residual, Forward forward) {
        return KeptArrays.only(() -> {
            NDArray normed = finalNorm.apply(forward.slice().of(residual));
            NDArray logits =
                    unembedding.of(forward.outputs()).apply(forward.hooks().at("", "ln_final.hook_normalized", normed));
            double scale = config.embedding().logitScale();
            NDArray scaled = scale == 1 ? logits : Scale.by(scale, logits);
            Double cap = config.embedding().logitSoftCap();
            return cap == null ? scaled : Scale.softCap(cap, scaled);
        });
    }
}
