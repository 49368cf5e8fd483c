package io.edgewise.model.config;

import io.edgewise.model.config.TransformerConfig.BlockLayout;
import java.util.Collections;

/** Reads the configuration of Hugging Face's GPT-2. */
final class Gpt2Config {
    private Gpt2Config() {}

    static TransformerConfig of(ConfigJson json) {
        json.require("add_cross_attention", "false");
        Gpt2Parts parts = new Gpt2Parts(json);
        int vocabulary = json.size("vocab_size");
        return new TransformerConfig(
                "gpt2",
                CheckpointFormat.GPT2,
                parts.blocks(),
                BlockLayout.SEQUENTIAL,
                parts.modelWidth(),
                parts.positions(),
                EmbeddingConfig.plain(vocabulary, vocabulary, json.flag("tie_word_embeddings")),
                new AttentionConfig(
                        parts.heads(),
                        parts.headWidth(),
                        json.flag("scale_attn_weights") ? 1 / Math.sqrt(parts.headWidth()) : 1,
                        json.flag("scale_attn_by_inverse_layer_idx"),
                        AttentionDirection.CAUSAL,
                        null,
                        Collections.nCopies(parts.blocks(), 0),
                        true,
                        true),
                parts.mlp(),
                parts.norms());
    }
}
