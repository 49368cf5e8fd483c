package io.edgewise.jobs.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The number of prompts that both score edges and measure circuits, in a sweep's manifest. */
public final class Overlap {
    /** Its key in a manifest. */
    public static final String KEY = "overlap";

    private Overlap() {}

    /** A sentence about them; empty where there are none, or where that is unknown. */
    public static Optional<String> in(JsonNode manifest) {
        long both = manifest.path(KEY).path("prompts").asLong();
        return both == 0
                ? Optional.empty()
                : Optional.of(sentence(both, manifest.path(KEY).path("of").asLong()));
    }

    /**
     * Their number, as a manifest has it.
     *
     * @param both how many prompts both measure and scored
     * @param measuring how many prompts measure
     */
    public static ObjectNode json(long both, long measuring) {
        return JsonNodeFactory.instance.objectNode().put("prompts", both).put("of", measuring);
    }

    /**
     * A sentence about them.
     *
     * @param both how many prompts both measure and scored
     * @param measuring how many prompts measure
     */
    public static String sentence(long both, long measuring) {
        return both + " of the " + measuring
                + " prompts that measure circuits scored the edges too: what circuits keep of them"
                + " says little about other prompts; --split, or --limit and --skip, keeps the two apart";
    }
}
