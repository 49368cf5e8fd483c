package io.edgewise.model.config;

import io.edgewise.InputException;
import io.edgewise.model.config.TransformerConfig.BlockLayout;

/** Reads the configuration of StableLM: Llama with layer norms, and a rotation of a share of a head's dimensions. */
final class StableLmConfig {
    private StableLmConfig() {}

    static TransformerConfig of(ConfigJson json) {
        LlamaParts parts = new LlamaParts(json);
        int width = json.size("hidden_size");
        if (width != Math.multiplyExact(parts.heads(), parts.headWidth())) {
            throw new InputException(
                    json.file() + " has hidden_size " + width + " and " + parts.heads() + " heads of width "
                            + parts.headWidth() + "; in this family wanted heads that are as wide together");
        }
        QueryKeyNorms norms = json.flag("qk_layernorm") ? QueryKeyNorms.LAYER_NORM_OF_EACH_HEAD : QueryKeyNorms.NONE;
        return parts.decoder(
                "stablelm",
                CheckpointFormat.LLAMA,
                json.flag("use_parallel_residual") ? BlockLayout.PARALLEL : BlockLayout.SEQUENTIAL,
                parts.embedding(),
                parts.attention(
                        parts.partlyRotated(SlidingWindows.none(json)), norms, json.flag("use_qkv_bias"), false),
                parts.mlp("hidden_act", false),
                parts.layerNorms(),
                1);
    }
}
