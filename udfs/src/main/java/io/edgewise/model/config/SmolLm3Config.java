package io.edgewise.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.model.config.LlamaParts.Blocks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the configuration of SmolLM 3: Llama whose positions some blocks don't see. */
final class SmolLm3Config {
    private static final String ROTATED = "no_rope_layers";

    private SmolLm3Config() {}

    static TransformerConfig of(ConfigJson json) {
        LlamaParts parts = new LlamaParts(json);
        boolean hasBias = json.flag("attention_bias");
        return parts.decoder(
                "smollm3",
                parts.embedding(),
                parts.attention(blocks(parts), QueryKeyNorms.NONE, hasBias, hasBias),
                parts.mlp("hidden_act", json.flag("mlp_bias")),
                parts.norms(NormConfig.Type.RMS, NormConfig.Place.BEFORE));
    }

    private static Blocks blocks(LlamaParts parts) {
        Rotary rotary = parts.wholeRotary();
        List<Boolean> rotated = rotated(parts.json(), parts.blocks());
        List<@Nullable Rotary> rotaries = new ArrayList<>();
        for (boolean each : rotated) {
            rotaries.add(each ? rotary : null);
        }
        return new Blocks(rotaries, SlidingWindows.smolLm3(parts.json(), rotated));
    }

    /** Whether each block rotates: of its name's opposite, {@code no_rope_layers} has 1 for those that do. */
    private static List<Boolean> rotated(ConfigJson json, int blocks) {
        int interval = json.whole("no_rope_layer_interval", 1, Integer.MAX_VALUE);
        JsonNode given = json.json().path(ROTATED);
        List<Boolean> rotated = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            if (json.has(ROTATED) && !given.path(block).isIntegralNumber()) {
                throw json.wrong(ROTATED, "a list of 0 or 1 for each of " + blocks + " blocks");
            }
            rotated.add(json.has(ROTATED) ? given.path(block).asInt() != 0 : (block + 1) % interval != 0);
        }
        return rotated;
    }
}
