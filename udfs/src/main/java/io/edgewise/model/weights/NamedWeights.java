package io.edgewise.model.weights;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.config.AttentionConfig;
import io.edgewise.model.config.NormConfig;
import io.edgewise.model.config.QueryKeyNorms;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.layer.Attention;
import io.edgewise.model.layer.Decoder;
import io.edgewise.model.layer.HeadInputs;
import io.edgewise.model.layer.Mlp;
import io.edgewise.model.layer.NoNorm;
import io.edgewise.model.layer.Norm;
import io.edgewise.model.torch.TensorShapes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hugging Face's families whose weights differ little but in names: query, key and value have a matrix each, and an MLP has no gate.
 *
 * @param positions null where positions aren't learned
 * @param blocks what the names of a block's weights begin with, before its index
 * @param finalNorm of what is unembedded
 * @param unembeddingBias null for none
 */
record NamedWeights(
        @Nullable Positions positions,
        String blocks,
        BlockNames names,
        String finalNorm,
        @Nullable String unembeddingBias) {
    static final NamedWeights GPT_J = new NamedWeights(
            null,
            "h.",
            new BlockNames("ln_1", "attn.", "attn.out_proj", null, "mlp.fc_in", "mlp.fc_out"),
            "ln_f",
            "lm_head.bias");
    static final NamedWeights GPT_NEO = new NamedWeights(
            new Positions("wpe.weight", 0),
            "h.",
            new BlockNames("ln_1", "attn.attention.", "attn.attention.out_proj", "ln_2", "mlp.c_fc", "mlp.c_proj"),
            "ln_f",
            null);
    static final NamedWeights OPT = new NamedWeights(
            new Positions("decoder.embed_positions.weight", 2),
            "decoder.layers.",
            new BlockNames(
                    "self_attn_layer_norm", "self_attn.", "self_attn.out_proj", "final_layer_norm", "fc1", "fc2"),
            "decoder.final_layer_norm",
            null);
    static final NamedWeights PHI = new NamedWeights(
            null,
            "layers.",
            new BlockNames("input_layernorm", "self_attn.", "self_attn.dense", null, "mlp.fc1", "mlp.fc2"),
            "final_layernorm",
            "lm_head.bias");

    /**
     * The embedding of positions.
     *
     * @param unused rows before the first position's
     */
    record Positions(String name, int unused) {}

    /**
     * What the parts of a block are named.
     *
     * @param norm of what attention reads
     * @param attention what the names of the projections begin with
     * @param output the projection of what the heads write
     * @param mlpNorm of what the MLP reads; null where it is attention's
     */
    record BlockNames(
            String norm, String attention, String output, @Nullable String mlpNorm, String input, String mlpOutput) {}

    Map<String, long[]> shapes(TransformerConfig config) {
        long width = config.modelWidth();
        TensorShapes shapes = new TensorShapes().add(config.format().embedding(), config.vocabulary(), width);
        if (positions != null) {
            shapes.add(positions.name(), (long) config.positions() + positions.unused(), width);
        }
        for (int block = 0; block < config.blocks(); block++) {
            add(config, blocks + block + ".", shapes);
        }
        if (config.norm().hasFinal()) {
            norm(config, finalNorm, width, shapes);
        }
        if (!config.embedding().isTied()) {
            shapes.add(config.format().unembedding(), config.outputVocabulary(), width);
        }
        return unembeddingBias == null
                ? shapes.all()
                : shapes.add(unembeddingBias, config.outputVocabulary()).all();
    }

    private void add(TransformerConfig config, String at, TensorShapes shapes) {
        long width = config.modelWidth();
        long mlpWidth = config.mlp().width();
        AttentionConfig heads = config.attention();
        String own = at + names.attention();
        norm(config, at + names.norm(), width, shapes);
        shapes.linear(own + "q_proj", heads.width(), width, heads.hasBias())
                .linear(own + "k_proj", heads.keyValueWidth(), width, heads.hasBias())
                .linear(own + "v_proj", heads.keyValueWidth(), width, heads.hasBias())
                .linear(at + names.output(), width, heads.width(), heads.hasOutputBias())
                .linear(at + names.input(), mlpWidth, width, config.mlp().hasBias())
                .linear(at + names.mlpOutput(), width, mlpWidth, config.mlp().hasBias());
        if (heads.queryKeyNorms() == QueryKeyNorms.EACH_HEAD) {
            norm(config, own + "q_layernorm", heads.headWidth(), shapes);
            norm(config, own + "k_layernorm", heads.headWidth(), shapes);
        }
        if (names.mlpNorm() != null) {
            norm(config, at + names.mlpNorm(), width, shapes);
        }
    }

    private static void norm(TransformerConfig config, String at, long width, TensorShapes shapes) {
        if (config.norm().type() == NormConfig.Type.LAYER_NORM) {
            shapes.norm(at, width, true);
        }
    }

    Decoder decoder(Weights weights) {
        NDArray embedding = weights.embedding();
        return new Decoder(
                weights.config(),
                embedding,
                positions == null ? null : weights.load(positions.name()).get("{}:", positions.unused()),
                weights.blocks(index -> block(weights, blocks + index + ".")),
                weights.config().norm().hasFinal() ? weights.norm(finalNorm) : new NoNorm(),
                weights.unembedding(embedding, unembeddingBias == null ? null : weights.load(unembeddingBias)));
    }

    private Decoder.Block block(Weights weights, String at) {
        TransformerConfig config = weights.config();
        String own = at + names.attention();
        boolean norms = config.attention().queryKeyNorms() == QueryKeyNorms.EACH_HEAD;
        boolean hasBias = config.mlp().hasBias();
        Norm norm = weights.norm(at + names.norm());
        HeadInputs inputs = weights.headInputs(norm, () -> weights.projections(own));
        Attention heads = new Attention(
                config.attention(),
                inputs.norm(),
                inputs.projections(),
                norms ? weights.norm(own + "q_layernorm") : null,
                norms ? weights.norm(own + "k_layernorm") : null,
                weights.transposed(at + names.output(), config.attention().hasOutputBias()),
                null);
        Mlp mlp = new Mlp(
                names.mlpNorm() == null ? norm : weights.norm(at + names.mlpNorm()),
                weights.transposed(at + names.input(), hasBias),
                null,
                config.mlp().activation(),
                weights.transposed(at + names.mlpOutput(), hasBias),
                null);
        return new Decoder.Block(heads, mlp);
    }
}
