package io.edgewise.model.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.InputException;
import io.edgewise.model.config.TransformerConfig.BlockLayout;
import java.util.List;

/** Reads the configuration of Phi-3: Llama with fused matrices, which may rotate a share of a head's dimensions, by LongRoPE. */
final class Phi3Config {
    private static final String ORIGINAL = "original_max_position_embeddings";
    /** LongRoPE, and what it was called before. */
    private static final List<String> LONG = List.of("longrope", "su", "yarn");

    private Phi3Config() {}

    static TransformerConfig of(ConfigJson json) {
        LlamaParts parts = new LlamaParts(rotations(json));
        return parts.decoder(
                "phi3",
                CheckpointFormat.PHI3,
                BlockLayout.SEQUENTIAL,
                parts.embedding(),
                parts.attention(
                        parts.partlyRotated(SlidingWindows.inEveryBlock(json)), QueryKeyNorms.NONE, false, false),
                parts.mlp("hidden_act", false),
                parts.norms(NormConfig.Type.RMS, NormConfig.Place.BEFORE),
                1);
    }

    /** The configuration with the settings of LongRoPE where other families have them, and under its name. */
    private static ConfigJson rotations(ConfigJson json) {
        ObjectNode all = json.json().deepCopy();
        for (String key : List.of("rope_scaling", "rope_parameters")) {
            ConfigJson settings = json.part(key);
            String type = settings.json().path("rope_type").asText("default");
            String older = settings.json().path("type").asText(type);
            if (LONG.contains(older)) {
                ObjectNode own = (ObjectNode) all.path(key);
                own.remove("type");
                own.put("rope_type", "longrope").put(ORIGINAL, json.size(ORIGINAL));
            } else if (!older.equals("default")) {
                throw new InputException(json.file() + " has rope_scaling of type " + older
                        + "; in this family supported are default, " + String.join(", ", LONG));
            }
        }
        return new ConfigJson(all, json.file());
    }
}
