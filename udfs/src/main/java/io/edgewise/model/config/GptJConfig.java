package io.edgewise.model.config;

import io.edgewise.model.config.TransformerConfig.BlockLayout;
import java.util.Collections;

/** Reads the configuration of Hugging Face's GPT-J. */
final class GptJConfig {
    /** The base of the wavelengths, which no key changes. */
    private static final double THETA = 10_000;

    private GptJConfig() {}

    static TransformerConfig of(ConfigJson json) {
        int width = json.size("n_embd");
        int heads = json.count("n_head");
        int headWidth = json.quotient("n_embd", "n_head");
        int blocks = json.count("n_layer");
        int vocabulary = json.size("vocab_size");
        int mlpWidth = json.has("n_inner") ? json.size("n_inner") : Math.multiplyExact(4, width);
        return new TransformerConfig(
                "gptj",
                CheckpointFormat.GPT_J,
                blocks,
                BlockLayout.PARALLEL,
                width,
                json.size("n_positions"),
                new EmbeddingConfig(vocabulary, vocabulary, false, 1, json.flag("tie_word_embeddings"), null),
                new AttentionConfig(
                        heads,
                        heads,
                        headWidth,
                        1 / Math.sqrt(headWidth),
                        false,
                        AttentionDirection.CAUSAL,
                        null,
                        new Rotary(json.size("rotary_dim"), THETA, Rotary.Pairs.NEIGHBOURS, null),
                        Collections.nCopies(blocks, 0),
                        false,
                        false,
                        false),
                new MlpConfig(mlpWidth, json.oneOf("activation_function", Activation.BY_NAME), false, true),
                new NormConfig(
                        NormConfig.Type.LAYER_NORM, json.positive("layer_norm_epsilon"), NormConfig.Place.BEFORE));
    }
}
