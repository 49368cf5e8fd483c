package io.edgewise.model.config;

import java.util.List;

/** Reads the configurations of Llama and of the families that differ from it in biases, windows and norms of queries and keys. */
final class LlamaConfigs {
    private LlamaConfigs() {}

    static TransformerConfig llama(ConfigJson json) {
        boolean hasBias = json.flag("attention_bias");
        LlamaParts parts = new LlamaParts(json);
        AttentionConfig attention =
                parts.attention(parts.blocks(SlidingWindows.none(json)), QueryKeyNorms.NONE, hasBias, hasBias);
        return of(parts, "llama", attention, json.flag("mlp_bias"));
    }

    static TransformerConfig mistral(ConfigJson json) {
        return of(json, "mistral", SlidingWindows.mistral(json), QueryKeyNorms.NONE, false, false);
    }

    static TransformerConfig qwen2(ConfigJson json) {
        return qwen2(json, true, SlidingWindows.qwen(json));
    }

    static TransformerConfig qwen2(ConfigJson json, boolean hasBias, List<Integer> windows) {
        return of(json, "qwen2", windows, QueryKeyNorms.NONE, hasBias, false);
    }

    static TransformerConfig qwen3(ConfigJson json) {
        return qwen3(json, SlidingWindows.qwen(json));
    }

    static TransformerConfig qwen3(ConfigJson json, List<Integer> windows) {
        boolean hasBias = json.flag("attention_bias");
        return of(json, "qwen3", windows, QueryKeyNorms.EACH_HEAD, hasBias, hasBias);
    }

    private static TransformerConfig of(
            ConfigJson json,
            String type,
            List<Integer> windows,
            QueryKeyNorms norms,
            boolean hasBias,
            boolean hasOutputBias) {
        LlamaParts parts = new LlamaParts(json);
        return of(parts, type, parts.attention(parts.blocks(windows), norms, hasBias, hasOutputBias), false);
    }

    private static TransformerConfig of(LlamaParts parts, String type, AttentionConfig attention, boolean hasMlpBias) {
        return parts.decoder(
                type,
                parts.embedding(),
                attention,
                parts.mlp("hidden_act", hasMlpBias),
                parts.norms(NormConfig.Type.RMS, NormConfig.Place.BEFORE));
    }
}
