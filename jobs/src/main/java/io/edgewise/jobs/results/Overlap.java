package io.edgewise.jobs.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Prompts that both score edges and measure circuits, as a sweep's manifest has them. */
public final class Overlap {
    /** Its key in a manifest. */
    public static final String KEY = "overlap";

    private Overlap() {}

    /** What to say of them; empty where there are none, or nobody knows. */
    public static Optional<String> in(JsonNode manifest) {
        long both = manifest.path(KEY).path("prompts").asLong();
        return both == 0
                ? Optional.empty()
                : Optional.of(sentence(both, manifest.path(KEY).path("of").asLong()));
    }

    /**
     * What to say of them.
     *
     * @param both prompts that measure and scored
     * @param measuring prompts that measure
     */
    public static String sentence(long both, long measuring) {
        return both + " of the " + measuring
                + " prompts that measure circuits scored the edges too: what circuits keep of them"
                + " says little about other prompts; --split, or --limit and --skip, keeps the two apart";
    }
}
