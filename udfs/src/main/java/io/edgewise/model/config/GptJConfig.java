package io.edgewise.model.config;

import io.edgewise.model.config.TransformerConfig.BlockLayout;
import java.util.Collections;

/** Reads the configuration of Hugging Face's GPT-J. */
final class GptJConfig {
    /** The base of the wavelengths, which no key changes. */
    private static final double THETA = 10_000;

    private GptJConfig() {}

    static TransformerConfig of(ConfigJson json) {
        Gpt2Parts parts = new Gpt2Parts(json);
        int vocabulary = json.size("vocab_size");
        return new TransformerConfig(
                "gptj",
                CheckpointFormat.GPT_J,
                parts.blocks(),
                BlockLayout.PARALLEL,
                parts.modelWidth(),
                parts.positions(),
                new EmbeddingConfig(vocabulary, vocabulary, false, 1, json.flag("tie_word_embeddings"), null),
                new AttentionConfig(
                        parts.heads(),
                        parts.headWidth(),
                        1 / Math.sqrt(parts.headWidth()),
                        false,
                        AttentionDirection.CAUSAL,
                        new Rotary(json.size("rotary_dim"), THETA, Rotary.Pairs.NEIGHBOURS, null),
                        Collections.nCopies(parts.blocks(), 0),
                        false,
                        false),
                parts.mlp(),
                parts.norms());
    }
}
