package io.edgewise.model.config;

import io.edgewise.model.config.TransformerConfig.BlockLayout;
import java.util.Collections;

/** Reads the configuration of Hugging Face's GPT-NeoX. */
final class GptNeoxConfig {
    private GptNeoxConfig() {}

    static TransformerConfig of(ConfigJson json) {
        int width = json.size("hidden_size");
        int heads = json.count("num_attention_heads");
        int blocks = json.count("num_hidden_layers");
        int vocabulary = json.size("vocab_size");
        int headWidth = json.quotient("hidden_size", "num_attention_heads");
        boolean hasBias = json.flag("attention_bias");
        return new TransformerConfig(
                "gpt_neox",
                CheckpointFormat.GPT_NEOX,
                blocks,
                json.flag("use_parallel_residual") ? BlockLayout.PARALLEL : BlockLayout.SEQUENTIAL,
                width,
                json.size("max_position_embeddings"),
                new EmbeddingConfig(vocabulary, vocabulary, false, 1, json.flag("tie_word_embeddings"), null),
                new AttentionConfig(
                        heads,
                        headWidth,
                        1 / Math.sqrt(headWidth),
                        false,
                        AttentionDirection.CAUSAL,
                        RotaryConfigs.rotary(json, headWidth, "rotary_pct", "rotary_emb_base"),
                        Collections.nCopies(blocks, 0),
                        hasBias,
                        hasBias),
                new MlpConfig(
                        json.size("intermediate_size"), json.oneOf("hidden_act", Activation.BY_NAME), false, true),
                new NormConfig(NormConfig.Type.LAYER_NORM, json.positive("layer_norm_eps"), NormConfig.Place.BEFORE));
    }
}
