package io.edgewise.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.InputException;
import io.edgewise.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of a {@code config.json}, each checked as it is read. What a missing key means is the family's to say ({@link FamilyKeys}).
 *
 * @param file what to call it in a message
 */
record ConfigJson(JsonNode json, String file) {
    private static final int MOST = 100_000_000;
    private static final int MOST_BLOCKS = 10_000;
    private static final int MOST_BYTES = 1_000_000;

    /** The names of known models. */
    private static final List<String> NAMES = List.of("gpt2-small", "pythia-160m", "llama-1b");

    /** The configuration of a known model. */
    static ConfigJson named(String name) {
        if (!NAMES.contains(name)) {
            throw new InputException("No shape is named " + name + "; known are " + String.join(", ", NAMES));
        }
        try (InputStream in = ConfigJson.class.getResourceAsStream("shapes/" + name + ".json")) {
            return new ConfigJson(new ObjectMapper().readTree(in), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ConfigJson read(Path modelDirectory) {
        Path file = modelDirectory.resolve("config.json");
        String wanted = "; --model wants a Hugging Face directory with config.json and model.safetensors";
        if (!Files.isDirectory(modelDirectory)) {
            throw new InputException("No such model directory: " + modelDirectory + wanted);
        }
        if (!Files.isRegularFile(file)) {
            throw new InputException("No config.json in " + modelDirectory + wanted);
        }
        JsonNode json = StrictJson.read(file, MOST_BYTES);
        if (!json.isObject()) {
            throw new InputException(file + " is not a JSON object that describes a model; get the file again");
        }
        return new ConfigJson(json, file.toString());
    }

    boolean has(String key) {
        return json.hasNonNull(key);
    }

    /** A whole number from 1. */
    int size(String key) {
        return whole(key, 1, MOST);
    }

    /** How many blocks, or heads in a block. */
    int count(String key) {
        return whole(key, 1, MOST_BLOCKS);
    }

    /** One whole number divided by another, which must divide it. */
    int quotient(String of, String by) {
        int all = size(of);
        int parts = count(by);
        if (all % parts != 0) {
            throw new InputException(of + " must be a multiple of " + by + ", got " + all + " and " + parts);
        }
        return all / parts;
    }

    int whole(String key, int least, int most) {
        JsonNode node = json.path(key);
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < least || node.asInt() > most) {
            throw wrong(key, "a whole number from " + least + " to " + most);
        }
        return node.asInt();
    }

    /** A number above zero. */
    double positive(String key) {
        JsonNode node = json.path(key);
        if (!node.isNumber() || !(node.asDouble() > 0) || Double.isInfinite(node.asDouble())) {
            throw wrong(key, "a number above zero");
        }
        return node.asDouble();
    }

    /** A number above zero; null where there is none. */
    @Nullable
    Double positiveOrNull(String key) {
        return has(key) ? (Double) positive(key) : null;
    }

    /** Numbers above zero. */
    List<Double> positives(String key) {
        List<Double> numbers = new ArrayList<>();
        for (JsonNode node : json.path(key)) {
            if (!node.isNumber() || !(node.asDouble() > 0) || Double.isInfinite(node.asDouble())) {
                throw wrong(key, "a list of numbers above zero");
            }
            numbers.add(node.asDouble());
        }
        return numbers;
    }

    /** True or false; null is false, as in Python. */
    boolean flag(String key) {
        JsonNode node = json.path(key);
        if (!node.isBoolean() && !node.isNull()) {
            throw wrong(key, "true or false");
        }
        return node.asBoolean();
    }

    /** The part of the configuration under a key; an empty one where there is none. */
    ConfigJson part(String key) {
        JsonNode node = json.path(key);
        if (has(key) && !node.isObject()) {
            throw wrong(key, "an object");
        }
        return new ConfigJson(node, file);
    }

    /** One of several values by name; null counts as the text {@code null}. */
    <T> T oneOf(String key, Map<String, T> known) {
        String value = json.path(key).asText("null").toLowerCase(Locale.ROOT);
        T found = known.get(value);
        if (found == null) {
            throw new InputException(file + " has " + key + " " + value + "; supported are "
                    + String.join(", ", known.keySet().stream().sorted().toList()));
        }
        return found;
    }

    /** Refuses a value that changes what the model computes and isn't supported. */
    void require(String key, String supported) {
        JsonNode node = json.path(key);
        String value = node.isNull() ? "null" : node.asText(supported);
        if (!value.equals(supported)) {
            throw new InputException(file + " has " + key + " " + value + "; supported are " + supported);
        }
    }

    /** The complaint that a key has another value than one that was wanted. */
    InputException wrong(String key, String wanted) {
        JsonNode node = json.path(key);
        return new InputException(
                file + " has " + key + " " + (node.isMissingNode() ? "missing" : node) + "; wanted " + wanted);
    }
}
