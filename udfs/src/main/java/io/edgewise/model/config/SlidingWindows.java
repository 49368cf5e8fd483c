package io.edgewise.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** Reads which blocks of a Hugging Face configuration attend to a window of positions, and how many positions it has; 0 for all. */
final class SlidingWindows {
    private SlidingWindows() {}

    /** Windows in no block. */
    static List<Integer> none(ConfigJson json) {
        return all(json, 0);
    }

    /** Phi-3's: the window in every block. */
    static List<Integer> inEveryBlock(ConfigJson json) {
        return all(json, window(json));
    }

    /** Mistral's, the same. */
    static List<Integer> mistral(ConfigJson json) {
        if (json.has("layer_types")) {
            throw json.wrong("layer_types", "a model of another family, as Mistral's have none");
        }
        return inEveryBlock(json);
    }

    /** Qwen's: the window in the last blocks, where the model uses it. */
    static List<Integer> qwen(ConfigJson json) {
        int window = json.flag("use_sliding_window") ? window(json) : 0;
        int first = json.whole("max_window_layers", 0, Integer.MAX_VALUE);
        return byType(json, window, block -> window > 0 && block >= first);
    }

    /** In no block; {@code layer_types} that say otherwise are refused. */
    static List<Integer> typesAlone(ConfigJson json) {
        return byType(json, 0, block -> false);
    }

    /** In every block, where the model uses it. */
    static List<Integer> whereUsed(ConfigJson json) {
        return all(json, json.flag("use_sliding_window") ? window(json) : 0);
    }

    /** Gemma 2's: the window in every other block. */
    static List<Integer> gemma2(ConfigJson json) {
        return byType(json, window(json), block -> block % 2 == 0);
    }

    /** Gemma 3's: the window in all blocks but every sixth. */
    static List<Integer> gemma3(ConfigJson json) {
        int pattern = json.whole("sliding_window_pattern", 1, Integer.MAX_VALUE);
        return byType(json, window(json), block -> (block + 1) % pattern != 0);
    }

    /** SmolLM 3's: the window in the blocks without positions, where the model uses it. */
    static List<Integer> smolLm3(ConfigJson json, List<Boolean> rotated) {
        int window = window(json);
        boolean uses = json.flag("use_sliding_window");
        return byType(json, window, block -> uses && window > 0 && !rotated.get(block));
    }

    /** GPT-Neo's: in the blocks whose attention is local, by {@code attention_layers} where there are any, else by {@code attention_types}. */
    static List<Integer> gptNeo(ConfigJson json) {
        int blocks = json.count("num_layers");
        String key = json.has("attention_layers") ? "attention_layers" : "attention_types";
        List<String> types = new ArrayList<>();
        if (json.has("attention_layers")) {
            json.json().path(key).forEach(type -> types.add(type.asText()));
        } else {
            for (JsonNode group : json.json().path(key)) {
                int times = group.path(0).isEmpty() ? 0 : group.path(1).asInt();
                for (int i = 0; i < times && types.size() <= blocks; i++) {
                    group.path(0).forEach(type -> types.add(type.asText()));
                }
            }
        }
        if (types.size() != blocks || !Set.of("global", "local").containsAll(types)) {
            throw json.wrong(key, "global or local for each of the " + blocks + " blocks");
        }
        return types.stream()
                .map(type -> type.equals("local") ? json.size("window_size") : 0)
                .toList();
    }

    private static List<Integer> all(ConfigJson json, int window) {
        return Collections.nCopies(json.count("num_hidden_layers"), window);
    }

    private static int window(ConfigJson json) {
        return json.has("sliding_window") ? json.size("sliding_window") : 0;
    }

    /** By {@code layer_types} where the configuration has them, else by a rule. */
    private static List<Integer> byType(ConfigJson json, int window, IntPredicate rule) {
        int blocks = json.count("num_hidden_layers");
        JsonNode types = json.json().path("layer_types");
        if (json.has("layer_types") && types.size() != blocks) {
            throw json.wrong("layer_types", "a list of " + blocks + " types, one for each block");
        }
        List<Integer> windows = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            boolean slides = json.has("layer_types") ? slides(json, types.path(block)) : rule.test(block);
            if (slides && window == 0) {
                throw new InputException(
                        json.file() + " has sliding attention in block " + block + " and no window for it;"
                                + " wanted a sliding_window, and no use_sliding_window that is false");
            }
            windows.add(slides ? window : 0);
        }
        return windows;
    }

    private static boolean slides(ConfigJson json, JsonNode type) {
        return switch (type.asText()) {
            case "sliding_attention" -> true;
            case "full_attention" -> false;
            default -> throw json.wrong("layer_types", "sliding_attention or full_attention for each block");
        };
    }
}
