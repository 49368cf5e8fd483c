package io.edgewise.model.weights;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.config.AttentionConfig;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.layer.Attention;
import io.edgewise.model.layer.Decoder;
import io.edgewise.model.layer.Mlp;
import io.edgewise.model.torch.TensorShapes;
import java.util.Map;

/**
 * Hugging Face's families whose weights differ in names alone: query, key and value have a matrix each, and an MLP has no gate.
 *
 * @param positions the embedding of positions
 * @param blocks what the names of a block's weights begin with, before its index
 * @param norm of what attention reads
 * @param attention what the names of the projections begin with
 * @param output the projection of what the heads write
 * @param mlpNorm of what the MLP reads
 * @param input the MLP's first projection
 * @param finalNorm of what is unembedded
 */
record NamedWeights(
        String positions,
        String blocks,
        String norm,
        String attention,
        String output,
        String mlpNorm,
        String input,
        String mlpOutput,
        String finalNorm) {
    static final NamedWeights GPT_NEO = new NamedWeights(
            "wpe.weight",
            "h.",
            "ln_1",
            "attn.attention.",
            "attn.attention.out_proj",
            "ln_2",
            "mlp.c_fc",
            "mlp.c_proj",
            "ln_f");

    Map<String, long[]> shapes(TransformerConfig config) {
        long width = config.modelWidth();
        long mlpWidth = config.mlp().width();
        AttentionConfig heads = config.attention();
        TensorShapes shapes = new TensorShapes()
                .add(config.format().embedding(), config.vocabulary(), width)
                .add(positions, config.positions(), width);
        for (int block = 0; block < config.blocks(); block++) {
            String at = blocks + block + ".";
            shapes.norm(at + norm, width, true)
                    .linear(at + attention + "q_proj", heads.width(), width, heads.hasBias())
                    .linear(at + attention + "k_proj", heads.keyValueWidth(), width, heads.hasBias())
                    .linear(at + attention + "v_proj", heads.keyValueWidth(), width, heads.hasBias())
                    .linear(at + output, width, heads.width(), heads.hasOutputBias())
                    .norm(at + mlpNorm, width, true)
                    .linear(at + input, mlpWidth, width, config.mlp().hasBias())
                    .linear(at + mlpOutput, width, mlpWidth, config.mlp().hasBias());
        }
        shapes.norm(finalNorm, width, true);
        if (!config.embedding().isTied()) {
            shapes.add(config.format().unembedding(), config.outputVocabulary(), width);
        }
        return shapes.all();
    }

    Decoder decoder(Weights weights) {
        NDArray embedding = weights.embedding();
        return new Decoder(
                weights.config(),
                embedding,
                weights.load(positions),
                weights.blocks(index -> block(weights, blocks + index + ".")),
                weights.norm(finalNorm),
                weights.unembedding(embedding));
    }

    private Decoder.Block block(Weights weights, String at) {
        TransformerConfig config = weights.config();
        boolean hasBias = config.mlp().hasBias();
        Attention heads = new Attention(
                config.attention(),
                weights.norm(at + norm),
                weights.projections(at + attention),
                null,
                null,
                weights.transposed(at + output, config.attention().hasOutputBias()),
                null);
        Mlp mlp = new Mlp(
                weights.norm(at + mlpNorm),
                weights.transposed(at + input, hasBias),
                null,
                config.mlp().activation(),
                weights.transposed(at + mlpOutput, hasBias),
                null);
        return new Decoder.Block(heads, mlp);
    }
}
