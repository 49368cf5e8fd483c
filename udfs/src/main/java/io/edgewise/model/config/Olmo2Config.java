package io.edgewise.model.config;

/** Reads the configuration of OLMo 2: Llama with norms of what attention and MLP write in place of what they read. */
final class Olmo2Config {
    private Olmo2Config() {}

    static TransformerConfig of(ConfigJson json) {
        LlamaParts parts = new LlamaParts(json);
        boolean hasBias = json.flag("attention_bias");
        return parts.decoder(
                "olmo2",
                parts.embedding(),
                parts.attention(parts.blocks(SlidingWindows.none(json)), QueryKeyNorms.ALL_HEADS, hasBias, hasBias),
                parts.mlp("hidden_act", false),
                parts.norms(NormConfig.Type.RMS, NormConfig.Place.AFTER));
    }
}
