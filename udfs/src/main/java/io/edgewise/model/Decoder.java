package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import java.util.ArrayList;
import java.util.List;

/** The weights of a GPT-2 decoder as the parts that run one after another. */
final class Decoder {

    /** Attention, then an MLP. */
    record Block(Attention attention, Mlp mlp) {}

    private final NDArray tokenEmbedding;
    private final NDArray positionEmbedding;
    private final List<Block> blocks;
    private final LayerNorm finalNorm;
    private final NDArray unembedding;

    /** Loads all weights, which the manager then owns. */
    Decoder(Checkpoint checkpoint, NDManager manager) {
        TransformerConfig config = checkpoint.config();
        tokenEmbedding = checkpoint.load(manager, "wte.weight");
        positionEmbedding = checkpoint.load(manager, "wpe.weight");
        blocks = new ArrayList<>();
        for (int block = 0; block < config.blocks(); block++) {
            blocks.add(block(checkpoint, manager, "h." + block + "."));
        }
        finalNorm = norm(checkpoint, manager, "ln_f");
        unembedding = tokenEmbedding.transpose();
    }

    private static Block block(Checkpoint checkpoint, NDManager manager, String at) {
        Attention attention = new Attention(
                norm(checkpoint, manager, at + "ln_1"),
                checkpoint.config().heads(),
                linear(checkpoint, manager, at + "attn.c_attn"),
                linear(checkpoint, manager, at + "attn.c_proj"));
        Mlp mlp = new Mlp(
                norm(checkpoint, manager, at + "ln_2"),
                linear(checkpoint, manager, at + "mlp.c_fc"),
                linear(checkpoint, manager, at + "mlp.c_proj"));
        return new Block(attention, mlp);
    }

    private static Linear linear(Checkpoint checkpoint, NDManager manager, String at) {
        return new Linear(checkpoint.load(manager, at + ".weight"), checkpoint.load(manager, at + ".bias"));
    }

    private static LayerNorm norm(Checkpoint checkpoint, NDManager manager, String at) {
        return new LayerNorm(
                checkpoint.load(manager, at + ".weight"),
                checkpoint.load(manager, at + ".bias"),
                checkpoint.config().normEpsilon());
    }

    List<Block> blocks() {
        return blocks;
    }

    /**
     * Runs the decoder.
     *
     * @param tokens ids {@code [batch, seq]}
     * @param stream what each destination reads and what becomes of each source's output
     * @return logits at the last position, {@code [batch, vocabulary]}
     */
    NDArray run(NDArray tokens, ResidualStream stream) {
        NDArray residual = embed(tokens);
        stream.start(residual);
        for (int block = 0; block < blocks.size(); block++) {
            NDArray before = residual;
            int index = block;
            residual = KeptArrays.only(() -> runBlock(index, before, stream));
        }
        return unembed(stream.endInput(residual));
    }

    private NDArray runBlock(int index, NDArray residual, ResidualStream stream) {
        Block block = blocks.get(index);
        NDArray mixed = stream.mix(index, block.attention(), residual);
        stream.headsWrote(index, block.attention(), mixed);
        NDArray middle = residual.add(block.attention().write(mixed));
        NDArray mlp = block.mlp().apply(stream.mlpInput(index, middle));
        stream.mlpWrote(index, mlp);
        return middle.add(mlp);
    }

    private NDArray embed(NDArray tokens) {
        return KeptArrays.only(() -> {
            long length = tokens.getShape().get(1);
            NDArray words = Embedding.embedding(tokens, tokenEmbedding, SparseFormat.DENSE)
                    .singletonOrThrow();
            return words.add(positionEmbedding.get("0:{}", length));
        });
    }

    private NDArray unembed(NDArray residual) {
        return KeptArrays.only(() -> finalNorm.apply(residual.get(":, -1")).matMul(unembedding));
    }
}
