package io.edgewise.model.config;

/** Reads the configuration of Granite: Llama with multipliers of embeddings, scores, logits, and what attention and MLP write. */
final class GraniteConfig {
    private GraniteConfig() {}

    static TransformerConfig of(ConfigJson json) {
        LlamaParts parts = new LlamaParts(json);
        boolean hasBias = json.flag("attention_bias");
        return parts.decoder(
                "granite",
                CheckpointFormat.LLAMA,
                TransformerConfig.BlockLayout.SEQUENTIAL,
                parts.embedding(json.positive("embedding_multiplier"), 1 / json.positive("logits_scaling"), null),
                parts.attention(
                        json.positive("attention_multiplier"),
                        null,
                        parts.blocks(SlidingWindows.none(json)),
                        QueryKeyNorms.NONE,
                        hasBias,
                        hasBias),
                parts.mlp("hidden_act", json.flag("mlp_bias")),
                parts.norms(NormConfig.Type.RMS, NormConfig.Place.BEFORE),
                json.positive("residual_multiplier"));
    }
}
