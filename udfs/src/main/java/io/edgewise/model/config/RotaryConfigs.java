package io.edgewise.model.config;

import io.edgewise.InputException;
import io.edgewise.model.config.Rotary.Stretch;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rotary position settings of a Hugging Face configuration: those of {@code rope_scaling}, or else of {@code rope_parameters}.
 *
 * @param model the whole configuration
 * @param settings the part with the settings
 * @param width how many of a head's dimensions are rotated
 * @param theta the base of the wavelengths
 */
record RotaryConfigs(ConfigJson model, ConfigJson settings, int width, double theta) {
    private static final String SHARE = "partial_rotary_factor";
    /** The settings that some type of rotation has. */
    private static final Set<String> KEYS = Set.of(
            "attention_factor",
            "beta_fast",
            "beta_slow",
            "factor",
            "high_freq_factor",
            "long_factor",
            "low_freq_factor",
            "mscale",
            "mscale_all_dim",
            "original_max_position_embeddings",
            SHARE,
            "rope_theta",
            "rope_type",
            "short_factor",
            "truncate",
            "type");

    /** Types of blocks that may have settings of their own. */
    static final List<String> BLOCK_TYPES = List.of("full_attention", "sliding_attention");

    static boolean isKnown(String key) {
        return KEYS.contains(key) || BLOCK_TYPES.contains(key);
    }

    /**
     * The rotation that a configuration asks for.
     *
     * @param share the key, where the settings have none, for the share of a head's dimensions that is rotated; all of them where that has no
     *     value
     * @param theta likewise for the base of the wavelengths
     */
    static Rotary rotary(ConfigJson model, int headWidth, String share, String theta) {
        ConfigJson older = model.part("rope_scaling");
        ConfigJson settings = older.json().isEmpty() ? model.part("rope_parameters") : older;
        settings.json().fields().forEachRemaining(field -> {
            if (field.getValue().isObject()) {
                throw settings.wrong(
                        field.getKey(), "no settings of its own for a type of blocks, which aren't supported");
            }
        });
        Double given = settings.has(SHARE) ? (Double) settings.positive(SHARE) : model.positiveOrNull(share);
        double base = settings.has("rope_theta") ? settings.positive("rope_theta") : model.positive(theta);
        RotaryConfigs configs =
                new RotaryConfigs(model, settings, given == null ? headWidth : (int) (headWidth * given), base);
        return new Rotary(configs.width(), base, configs.stretch());
    }

    private @Nullable Stretch stretch() {
        String name = settings.json().path("rope_type").asText("default");
        String older = settings.json().path("type").asText(name);
        if (settings.has("rope_type") && settings.has("type") && !older.equals(name)) {
            throw settings.wrong("type", "the same as rope_type, " + name + ", or none");
        }
        return stretch(older);
    }

    private @Nullable Stretch stretch(String name) {
        return switch (name) {
            // Longer prompts than the model has positions for aren't read, and in others nothing is stretched.
            case "default", "dynamic" -> null;
            case "linear" -> new Stretch.Linear(needed("factor"));
            case "llama3" ->
                new Stretch.Llama3(
                        needed("factor"), needed("low_freq_factor"), needed("high_freq_factor"), originalPositions());
            case "yarn" -> yarn();
            case "longrope" -> longRope();
            default ->
                throw new InputException(model.file() + " has rope_scaling of type " + name
                        + "; supported are default, dynamic, linear, llama3, longrope, yarn");
        };
    }

    private Stretch yarn() {
        double factor = factor();
        double low = pairOf(or("beta_fast", 32));
        double high = pairOf(or("beta_slow", 1));
        boolean truncates = !settings.json().has("truncate") || settings.flag("truncate");
        double first = Math.max(truncates ? Math.floor(low) : low, 0);
        double last = Math.min(truncates ? Math.ceil(high) : high, width - 1);
        boolean hasScales = settings.has("mscale") && settings.has("mscale_all_dim");
        double usual = hasScales
                ? logarithmic(factor, settings.positive("mscale"))
                        / logarithmic(factor, settings.positive("mscale_all_dim"))
                : logarithmic(factor, 1);
        return new Stretch.Yarn(factor, first, first == last ? last + 0.001 : last, or("attention_factor", usual));
    }

    /** The pair of dimensions that rotates so many times over the positions of the training, as a fraction. */
    private double pairOf(double rotations) {
        return width * Math.log(originalPositions() / (rotations * 2 * Math.PI)) / (2 * Math.log(theta));
    }

    private static double logarithmic(double factor, double scale) {
        return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
    }

    private Stretch longRope() {
        double factor = factor();
        double usual = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(originalPositions()));
        return new Stretch.LongRope(
                factors("short_factor"), factors("long_factor"), originalPositions(), or("attention_factor", usual));
    }

    private List<Double> factors(String key) {
        List<Double> factors = settings.positives(key);
        if (factors.size() != width / 2) {
            throw settings.wrong(
                    key, width / 2 + " numbers, one for each pair of the " + width + " rotated dimensions");
        }
        return factors;
    }

    private double factor() {
        return settings.has("factor")
                ? settings.positive("factor")
                : model.size("max_position_embeddings") / originalPositions();
    }

    private double originalPositions() {
        return or("original_max_position_embeddings", model.size("max_position_embeddings"));
    }

    private double or(String key, double otherwise) {
        return settings.has(key) ? settings.positive(key) : otherwise;
    }

    private double needed(String key) {
        if (!settings.has(key)) {
            throw new InputException(model.file() + " has rope_scaling without " + key);
        }
        return settings.positive(key);
    }
}
