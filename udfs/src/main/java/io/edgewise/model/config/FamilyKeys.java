package io.edgewise.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that the {@code config.json} of a family's models may have, from {@code families.json}: the one place for what a missing key
 * means.
 *
 * @param models which models have it, for people to read
 * @param defaults the keys that are read, each with the value that the family's configuration class gives it where it is missing
 * @param aliases other names of such keys
 * @param ignored keys that change nothing that is computed
 */
record FamilyKeys(String models, Map<String, JsonNode> defaults, Map<String, String> aliases, Set<String> ignored) {
    private static final int MOST_NAMES = 20;

    private static final Logger LOG = LoggerFactory.getLogger(FamilyKeys.class);

    /** Says each thing once, however often a file is read. */
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private static final Table TABLE = Table.read();

    FamilyKeys {
        defaults = Map.copyOf(defaults);
        aliases = Map.copyOf(aliases);
        ignored = Set.copyOf(ignored);
    }

    /** @param family a {@code model_type} of Hugging Face's, or {@code TransformerLens} */
    static FamilyKeys of(String family) {
        return Objects.requireNonNull(TABLE.families().get(family), family);
    }

    /** The same configuration with all keys that are read. Warns of keys that nothing is known of. */
    ConfigJson complete(ConfigJson given) {
        refuseOthers(given);
        warn(given);
        ObjectNode all = new ObjectMapper().createObjectNode();
        all.setAll(defaults);
        given.json().fields().forEachRemaining(field -> all.set(field.getKey(), field.getValue()));
        aliases.forEach((alias, key) -> {
            if (given.json().has(alias)) {
                all.set(key, given.json().get(alias));
            }
        });
        return new ConfigJson(all, given.file());
    }

    private void refuseOthers(ConfigJson given) {
        for (String key : TABLE.common().refused()) {
            JsonNode value = given.json().path(key);
            boolean isNothing = value.isContainerNode() ? value.isEmpty() : value.isMissingNode() || value.isNull();
            if (!isNothing && !defaults.containsKey(key)) {
                throw new InputException(given.file() + " has " + key
                        + ", which changes what the model computes and isn't supported; give a model without it");
            }
        }
    }

    private void warn(ConfigJson given) {
        List<String> unknown = unknown(given);
        String names = String.join(", ", unknown.subList(0, Math.min(MOST_NAMES, unknown.size())));
        String message = given.file() + " has keys that are not known here and not used: " + names
                + (unknown.size() > MOST_NAMES ? " and others" : "")
                + "; where one of them changes what the model computes, its numbers are wrong";
        if (!unknown.isEmpty() && SAID.add(message)) {
            LOG.warn("{}", message);
        }
    }

    /** The keys with a value that are neither read nor ignored, by name. */
    List<String> unknown(ConfigJson given) {
        Set<String> unknown = new TreeSet<>();
        addUnknown(given.json(), "", this::isKnown, unknown);
        for (String settings : List.of("rope_parameters", "rope_scaling")) {
            addUnknown(given.json().path(settings), settings + ".", RotaryConfigs::isKnown, unknown);
            for (String type : RotaryConfigs.BLOCK_TYPES) {
                JsonNode ofType = given.json().path(settings).path(type);
                addUnknown(ofType, settings + "." + type + ".", RotaryConfigs::isKnown, unknown);
            }
        }
        return List.copyOf(unknown);
    }

    private static void addUnknown(JsonNode node, String at, Predicate<String> isKnown, Set<String> unknown) {
        node.fields().forEachRemaining(field -> {
            if (!field.getValue().isNull() && !isKnown.test(field.getKey())) {
                unknown.add(at + field.getKey().replaceAll("\\p{Cntrl}", "?"));
            }
        });
    }

    boolean isKnown(String key) {
        return defaults.containsKey(key)
                || aliases.containsKey(key)
                || ignored.contains(key)
                || TABLE.common().ignored().contains(key)
                || TABLE.common().refused().contains(key);
    }

    /**
     * Keys of all families.
     *
     * @param refused keys that are refused where they have a value
     */
    record Common(Set<String> refused, Set<String> ignored) {
        Common {
            refused = Set.copyOf(refused);
            ignored = Set.copyOf(ignored);
        }
    }

    record Table(Common common, Map<String, FamilyKeys> families) {
        Table {
            families = Map.copyOf(families);
        }

        static Table read() {
            try (InputStream in = FamilyKeys.class.getResourceAsStream("families.json")) {
                return new ObjectMapper().readValue(in, Table.class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
