package io.edgewise.jobs.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What somebody who knows the format does to a JSON file: replaces, removes, doubles and nests its values. */
final class JsonMutation implements Mutation {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> VALUES = List.of(
            "0",
            "-1",
            "1",
            "2",
            "3",
            "7",
            "255",
            "1000000",
            "2147483647",
            "2147483648",
            "-2147483649",
            "4294967295",
            "9223372036854775807",
            "-9223372036854775808",
            "18446744073709551616",
            "1e5",
            "1e308",
            "-1e308",
            "1e999",
            "0.5",
            "4.0",
            "1e-320",
            "NaN",
            "Infinity",
            "9".repeat(999),
            "9".repeat(5000),
            "null",
            "true",
            "false",
            "\"\"",
            "\"x\"",
            "\"null\"",
            "\"../x\"",
            "\"/etc/passwd\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"</script>\\u2028\"",
            "[]",
            "{}",
            "[[]]",
            "[1, \"a\", null]",
            "{\"a\": 1}",
            "[".repeat(100_000),
            "[".repeat(60) + "]".repeat(60),
            "\"" + "x".repeat(2_000_000) + "\"");

    private static final List<String> NAMES =
            List.of("", "__metadata__", "type", "Regex", "\ud800", "x".repeat(100_000), "clean", "prompts", "options");

    /** A value that can be changed, and where it is. */
    private record Place(JsonNode parent, String name, int index) {
        JsonNode value() {
            return parent.isObject() ? parent.get(name) : parent.get(index);
        }

        void put(JsonNode value) {
            if (parent instanceof ObjectNode object) {
                object.set(name, value);
            } else {
                ((ArrayNode) parent).set(index, value);
            }
        }
    }

    @Override
    public byte[] of(byte[] whole, SplittableRandom random) {
        try {
            JsonNode root = JSON.readTree(whole);
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                List<Place> places = new ArrayList<>();
                collect(root, places);
                if (!places.isEmpty()) {
                    change(places.get(random.nextInt(places.size())), places, random);
                }
            }
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            return ByteMutation.FLIP.of(whole, random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(JsonNode node, List<Place> places) {
        node.fieldNames().forEachRemaining(name -> places.add(new Place(node, name, 0)));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            places.add(new Place(node, "", i));
        }
        node.forEach(child -> collect(child, places));
    }

    private static void change(Place place, List<Place> places, SplittableRandom random) {
        switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> place.put(raw(VALUES.get(random.nextInt(VALUES.size()))));
            case 4 -> remove(place);
            case 5 -> place.put(raw("[" + place.value() + ", " + place.value() + "]"));
            case 6 ->
                place.put(places.get(random.nextInt(places.size())).value().deepCopy());
            default -> twice(place, NAMES.get(random.nextInt(NAMES.size())), random.nextBoolean());
        }
    }

    private static void remove(Place place) {
        if (place.parent() instanceof ObjectNode object) {
            object.remove(place.name());
        } else {
            ((ArrayNode) place.parent()).remove(place.index());
        }
    }

    /** Names a field twice: its value is followed by itself under the same name, or another. */
    private static void twice(Place place, String other, boolean isSame) {
        if (place.parent().isObject()) {
            String name = isSame ? place.name() : other;
            place.put(raw(place.value() + ", " + quoted(name) + ": " + place.value()));
        } else {
            place.put(raw(quoted(other)));
        }
    }

    private static String quoted(String text) {
        try {
            return new String(JSON.writeValueAsBytes(text), StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            return "\"\\ud800\"";
        }
    }

    private static JsonNode raw(String json) {
        return JSON.getNodeFactory().rawValueNode(new RawValue(json));
    }
}
