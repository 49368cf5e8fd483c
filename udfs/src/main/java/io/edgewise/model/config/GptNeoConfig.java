package io.edgewise.model.config;

import io.edgewise.model.config.TransformerConfig.BlockLayout;

/** Reads the configuration of Hugging Face's GPT-Neo. */
final class GptNeoConfig {
    private GptNeoConfig() {}

    static TransformerConfig of(ConfigJson json) {
        int width = json.size("hidden_size");
        int heads = json.count("num_heads");
        int vocabulary = json.size("vocab_size");
        int mlpWidth = json.has("intermediate_size") ? json.size("intermediate_size") : Math.multiplyExact(4, width);
        return new TransformerConfig(
                "gpt_neo",
                CheckpointFormat.GPT_NEO,
                json.count("num_layers"),
                BlockLayout.SEQUENTIAL,
                width,
                json.size("max_position_embeddings"),
                EmbeddingConfig.plain(vocabulary, vocabulary, json.flag("tie_word_embeddings")),
                new AttentionConfig(
                        heads,
                        json.quotient("hidden_size", "num_heads"),
                        1,
                        false,
                        AttentionDirection.CAUSAL,
                        null,
                        SlidingWindows.gptNeo(json),
                        false,
                        true),
                new MlpConfig(mlpWidth, json.oneOf("activation_function", Activation.BY_NAME), false, true),
                new NormConfig(
                        NormConfig.Type.LAYER_NORM, json.positive("layer_norm_epsilon"), NormConfig.Place.BEFORE));
    }
}
