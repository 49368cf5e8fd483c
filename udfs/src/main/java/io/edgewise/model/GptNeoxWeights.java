package io.edgewise.model;

import io.edgewise.InputException;
import io.edgewise.model.Projections.Layout;
import io.edgewise.model.TransformerConfig.BlockLayout;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Hugging Face's GPT-NeoX, Pythia's family: query, key and value fused head by head, positions by partial rotation, attention and
 * MLP most often parallel.
 */
record GptNeoxWeights(Weights weights) {
    private static final Map<String, Activation> ACTIVATIONS = Map.of(
            "gelu", Activation.GELU,
            "gelu_new", Activation.GELU_NEW,
            "gelu_fast", Activation.GELU_NEW,
            "gelu_pytorch_tanh", Activation.GELU_NEW,
            "relu", Activation.RELU,
            "silu", Activation.SILU);

    static TransformerConfig config(ConfigJson json) {
        int width = json.size("hidden_size");
        int heads = json.count("num_attention_heads");
        if (width % heads != 0) {
            throw new InputException(
                    "hidden_size must be a multiple of num_attention_heads, got " + width + " and " + heads);
        }
        int blocks = json.count("num_hidden_layers");
        int vocabulary = json.size("vocab_size");
        int headWidth = width / heads;
        double older = json.positive("rotary_pct", json.positive("partial_rotary_factor", 0.25));
        double share = json.part("rope_parameters").positive("partial_rotary_factor", older);
        boolean hasBias = json.flag("attention_bias", true);
        return new TransformerConfig(
                "gpt_neox",
                CheckpointFormat.GPT_NEOX,
                blocks,
                json.flag("use_parallel_residual", true) ? BlockLayout.PARALLEL : BlockLayout.SEQUENTIAL,
                width,
                json.size("max_position_embeddings"),
                new EmbeddingConfig(vocabulary, vocabulary, false, 1, json.flag("tie_word_embeddings", false), null),
                new AttentionConfig(
                        heads,
                        heads,
                        headWidth,
                        1 / Math.sqrt(headWidth),
                        AttentionDirection.CAUSAL,
                        null,
                        RotaryConfigs.rotary(json, (int) (headWidth * share), json.positive("rotary_emb_base", 10_000)),
                        Collections.nCopies(blocks, 0),
                        false,
                        hasBias,
                        hasBias),
                new MlpConfig(json.size("intermediate_size"), json.oneOf("hidden_act", ACTIVATIONS), false, true),
                new NormConfig(NormConfig.Type.LAYER_NORM, json.positive("layer_norm_eps", 1e-5), false));
    }

    static Map<String, long[]> shapes(TransformerConfig config) {
        long width = config.modelWidth();
        long mlpWidth = config.mlp().width();
        boolean hasBias = config.attention().hasBias();
        TensorShapes shapes = new TensorShapes().add("embed_in.weight", config.vocabulary(), width);
        for (int block = 0; block < config.blocks(); block++) {
            String at = "layers." + block + ".";
            shapes.norm(at + "input_layernorm", width, true)
                    .linear(at + "attention.query_key_value", 3 * width, width, hasBias)
                    .linear(at + "attention.dense", width, width, hasBias)
                    .norm(at + "post_attention_layernorm", width, true)
                    .linear(at + "mlp.dense_h_to_4h", mlpWidth, width, true)
                    .linear(at + "mlp.dense_4h_to_h", width, mlpWidth, true);
        }
        shapes.norm("final_layer_norm", width, true);
        if (!config.embedding().isTied()) {
            shapes.add("embed_out.weight", config.outputVocabulary(), width);
        }
        return shapes.all();
    }

    Decoder decoder() {
        return weights.decoder("embed_in", at -> block("layers." + at), "final_layer_norm", "embed_out");
    }

    private Decoder.Block block(String layer) {
        String at = layer + ".";
        AttentionConfig config = weights.config().attention();
        Projections projections = new Projections(
                List.of(weights.transposed(at + "attention.query_key_value", config.hasBias())),
                Layout.BY_HEAD,
                Collections.nCopies(3, config.heads()),
                config.headWidth());
        Attention attention = new Attention(
                config,
                weights.norm(at + "input_layernorm"),
                projections,
                null,
                null,
                weights.transposed(at + "attention.dense", config.hasOutputBias()),
                null);
        Mlp mlp = new Mlp(
                weights.norm(at + "post_attention_layernorm"),
                weights.transposed(at + "mlp.dense_h_to_4h", true),
                null,
                weights.config().mlp().activation(),
                weights.transposed(at + "mlp.dense_4h_to_h", true),
                null);
        return new Decoder.Block(attention, mlp);
    }
}
