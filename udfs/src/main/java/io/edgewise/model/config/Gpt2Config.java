package io.edgewise.model.config;

import io.edgewise.model.config.TransformerConfig.BlockLayout;
import java.util.Collections;

/** Reads the configuration of Hugging Face's GPT-2. */
final class Gpt2Config {
    private Gpt2Config() {}

    static TransformerConfig of(ConfigJson json) {
        json.require("add_cross_attention", "false");
        int width = json.size("n_embd");
        int heads = json.count("n_head");
        int headWidth = json.quotient("n_embd", "n_head");
        int blocks = json.count("n_layer");
        int vocabulary = json.size("vocab_size");
        int mlpWidth = json.has("n_inner") ? json.size("n_inner") : Math.multiplyExact(4, width);
        return new TransformerConfig(
                "gpt2",
                CheckpointFormat.GPT2,
                blocks,
                BlockLayout.SEQUENTIAL,
                width,
                json.size("n_positions"),
                EmbeddingConfig.plain(vocabulary, vocabulary, json.flag("tie_word_embeddings")),
                new AttentionConfig(
                        heads,
                        heads,
                        headWidth,
                        json.flag("scale_attn_weights") ? 1 / Math.sqrt(headWidth) : 1,
                        json.flag("scale_attn_by_inverse_layer_idx"),
                        AttentionDirection.CAUSAL,
                        null,
                        null,
                        Collections.nCopies(blocks, 0),
                        false,
                        true,
                        true),
                new MlpConfig(mlpWidth, json.oneOf("activation_function", Activation.BY_NAME), false, true),
                new NormConfig(
                        NormConfig.Type.LAYER_NORM, json.positive("layer_norm_epsilon"), NormConfig.Place.BEFORE));
    }
}
