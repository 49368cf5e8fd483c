package io.edgewise.model.config;

import io.edgewise.model.config.TransformerConfig.BlockLayout;
import java.util.Collections;

/** Reads the configuration of Hugging Face's Phi: Phi-1, 1.5 and 2. */
final class PhiConfig {
    private PhiConfig() {}

    static TransformerConfig of(ConfigJson json) {
        int heads = json.count("num_attention_heads");
        int headWidth =
                json.has("head_dim") ? json.size("head_dim") : json.quotient("hidden_size", "num_attention_heads");
        int blocks = json.count("num_hidden_layers");
        int vocabulary = json.size("vocab_size");
        return new TransformerConfig(
                "phi",
                CheckpointFormat.PHI,
                blocks,
                BlockLayout.PARALLEL,
                json.size("hidden_size"),
                json.size("max_position_embeddings"),
                new EmbeddingConfig(vocabulary, vocabulary, false, 1, json.flag("tie_word_embeddings"), null),
                new AttentionConfig(
                        heads,
                        json.has("num_key_value_heads") ? json.count("num_key_value_heads") : heads,
                        headWidth,
                        1 / Math.sqrt(headWidth),
                        false,
                        AttentionDirection.CAUSAL,
                        null,
                        RotaryConfigs.rotary(json, headWidth, "partial_rotary_factor", "rope_theta"),
                        Collections.nCopies(blocks, 0),
                        json.flag("qk_layernorm"),
                        true,
                        true),
                new MlpConfig(
                        json.size("intermediate_size"), json.oneOf("hidden_act", Activation.BY_NAME), false, true),
                new NormConfig(NormConfig.Type.LAYER_NORM, json.positive("layer_norm_eps"), NormConfig.Place.BEFORE));
    }
}
