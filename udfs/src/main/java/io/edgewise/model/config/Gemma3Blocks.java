package io.edgewise.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.model.config.LlamaParts.Blocks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The blocks of Gemma 3: most attend to a window and rotate positions fast, the others attend to everything and rotate slowly. */
final class Gemma3Blocks {
    private static final String SETTINGS = "rope_parameters";
    private static final String OLDER_SETTINGS = "rope_scaling";
    private static final String BASE = "rope_theta";

    private Gemma3Blocks() {}

    static Blocks of(LlamaParts parts) {
        ConfigJson json = parts.json();
        ConfigJson settings = json.part(SETTINGS);
        settings.json().fieldNames().forEachRemaining(key -> {
            if (!RotaryConfigs.BLOCK_TYPES.contains(key)) {
                throw settings.wrong(key, "settings for full_attention and sliding_attention, as this family has them");
            }
        });
        ConfigJson older = json.part(OLDER_SETTINGS);
        if (older.has("type") && !older.has("rope_type")) {
            throw older.wrong(
                    "type", "rope_type in its place: transformers 4 refuses it here, transformers 5 skips it");
        }
        ObjectNode whole = only(json, settings.part("full_attention"));
        older.json().fields().forEachRemaining(field -> ((ObjectNode) whole.path(SETTINGS))
                .set(field.getKey(), field.getValue()));
        ObjectNode near = only(json, settings.part("sliding_attention"));
        near.set(BASE, json.json().path("rope_local_base_freq"));
        Rotary ofWhole = rotary(whole, json);
        Rotary ofNear = rotary(near, json);
        List<Integer> windows = SlidingWindows.gemma3(json);
        List<@Nullable Rotary> rotaries = new ArrayList<>();
        for (int window : windows) {
            rotaries.add(window > 0 ? ofNear : ofWhole);
        }
        return new Blocks(rotaries, windows);
    }

    /** The configuration of a model whose blocks all have the settings of one type of them. */
    private static ObjectNode only(ConfigJson json, ConfigJson settings) {
        ObjectNode all = json.json().deepCopy();
        all.remove(OLDER_SETTINGS);
        JsonNode own = settings.json();
        all.set(SETTINGS, own.isObject() ? own.deepCopy() : all.objectNode());
        return all;
    }

    private static Rotary rotary(ObjectNode config, ConfigJson json) {
        return new LlamaParts(new ConfigJson(config, json.file())).wholeRotary();
    }
}
