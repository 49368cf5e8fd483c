package io.edgewise.model.config;

import io.edgewise.InputException;

/** Reads the rotary position settings of a Hugging Face configuration. */
final class RotaryConfigs {
    private RotaryConfigs() {}

    /**
     * @param width how many of a head's dimensions are rotated
     * @param theta the default where there is no {@code rope_theta}
     */
    static Rotary rotary(ConfigJson json, int width, double theta) {
        ConfigJson newer = json.part("rope_parameters");
        double base = newer.positive("rope_theta", json.positive("rope_theta", theta));
        ConfigJson scaling = json.has("rope_scaling") ? json.part("rope_scaling") : newer;
        String type = scaling.json()
                .path("rope_type")
                .asText(scaling.json().path("type").asText("default"));
        Rotary.Stretch stretch =
                switch (type) {
                    case "default" -> null;
                    case "linear" -> new Rotary.Stretch.Linear(needed(scaling, "factor"));
                    case "llama3" ->
                        new Rotary.Stretch.Llama3(
                                needed(scaling, "factor"),
                                needed(scaling, "low_freq_factor"),
                                needed(scaling, "high_freq_factor"),
                                needed(scaling, "original_max_position_embeddings"));
                    default ->
                        throw new InputException(json.file() + " has rope_scaling of type " + type
                                + "; supported are default, linear, llama3");
                };
        return new Rotary(width, base, stretch);
    }

    private static double needed(ConfigJson scaling, String key) {
        double value = scaling.positive(key, 0);
        if (value == 0) {
            throw new InputException(scaling.file() + " has rope_scaling without " + key);
        }
        return value;
    }
}
