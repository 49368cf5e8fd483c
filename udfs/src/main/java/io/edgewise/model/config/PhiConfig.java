package io.edgewise.model.config;

import io.edgewise.model.config.TransformerConfig.BlockLayout;

/** Reads the configuration of Hugging Face's Phi, which has Llama's keys: Phi-1, 1.5 and 2. */
final class PhiConfig {
    private PhiConfig() {}

    static TransformerConfig of(ConfigJson json) {
        LlamaParts parts = new LlamaParts(json);
        QueryKeyNorms norms = json.flag("qk_layernorm") ? QueryKeyNorms.EACH_HEAD : QueryKeyNorms.NONE;
        return parts.decoder(
                "phi",
                CheckpointFormat.PHI,
                BlockLayout.PARALLEL,
                parts.embedding(),
                parts.attention(parts.partlyRotated(SlidingWindows.none(json)), norms, true, true),
                new MlpConfig(
                        json.size("intermediate_size"), json.oneOf("hidden_act", Activation.BY_NAME), false, true),
                parts.layerNorms(),
                1);
    }
}
