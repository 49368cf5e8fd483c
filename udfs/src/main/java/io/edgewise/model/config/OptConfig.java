package io.edgewise.model.config;

import io.edgewise.model.config.TransformerConfig.BlockLayout;
import java.util.Collections;

/** Reads the configuration of Hugging Face's OPT. */
final class OptConfig {
    /** PyTorch's own, which no key changes. */
    private static final double EPSILON = 1e-5;

    private OptConfig() {}

    static TransformerConfig of(ConfigJson json) {
        if (!json.flag("do_layer_norm_before")) {
            throw json.wrong(
                    "do_layer_norm_before",
                    "true: where the stream itself is normed, as in OPT-350M, what nodes write doesn't add up to it");
        }
        int width = json.size("hidden_size");
        if (json.has("word_embed_proj_dim") && json.size("word_embed_proj_dim") != width) {
            throw json.wrong("word_embed_proj_dim", "hidden_size, " + width + ", or null");
        }
        int heads = json.count("num_attention_heads");
        int headWidth = json.quotient("hidden_size", "num_attention_heads");
        int blocks = json.count("num_hidden_layers");
        int vocabulary = json.size("vocab_size");
        boolean hasBias = json.flag("enable_bias");
        boolean hasGains = json.flag("layer_norm_elementwise_affine");
        return new TransformerConfig(
                "opt",
                CheckpointFormat.OPT,
                blocks,
                BlockLayout.SEQUENTIAL,
                width,
                json.size("max_position_embeddings"),
                EmbeddingConfig.plain(vocabulary, vocabulary, json.flag("tie_word_embeddings")),
                new AttentionConfig(
                        heads,
                        headWidth,
                        1 / Math.sqrt(headWidth),
                        false,
                        AttentionDirection.CAUSAL,
                        null,
                        Collections.nCopies(blocks, 0),
                        hasBias,
                        hasBias),
                new MlpConfig(
                        json.size("ffn_dim"), json.oneOf("activation_function", Activation.BY_NAME), false, hasBias),
                new NormConfig(
                        hasGains ? NormConfig.Type.LAYER_NORM : NormConfig.Type.LAYER_NORM_FOLDED,
                        EPSILON,
                        NormConfig.Place.BEFORE,
                        !json.flag("_remove_final_layer_norm")));
    }
}
