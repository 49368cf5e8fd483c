package io.edgewise.model.config;

import io.edgewise.InputException;
import io.edgewise.model.config.TransformerConfig.BlockLayout;
import java.util.Collections;

/** Reads the configuration of Hugging Face's GPT-2. */
final class Gpt2Config {
    private Gpt2Config() {}

    static TransformerConfig of(ConfigJson json) {
        json.require("activation_function", "gelu_new");
        json.require("scale_attn_weights", "true");
        json.require("scale_attn_by_inverse_layer_idx", "false");
        json.require("add_cross_attention", "false");
        json.require("tie_word_embeddings", "true");
        int width = json.size("n_embd");
        int heads = json.count("n_head");
        if (width % heads != 0) {
            throw new InputException("n_embd must be a multiple of n_head, got " + width + " and " + heads);
        }
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
                EmbeddingConfig.plain(vocabulary, vocabulary, true),
                new AttentionConfig(
                        heads,
                        heads,
                        width / heads,
                        1 / Math.sqrt((double) width / heads),
                        AttentionDirection.CAUSAL,
                        null,
                        null,
                        Collections.nCopies(blocks, 0),
                        false,
                        true,
                        true),
                new MlpConfig(mlpWidth, Activation.GELU_NEW, false, true),
                new NormConfig(NormConfig.Type.LAYER_NORM, json.positive("layer_norm_epsilon", 1e-5), false));
    }
}
