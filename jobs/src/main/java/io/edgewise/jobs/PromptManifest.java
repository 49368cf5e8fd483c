package io.edgewise.jobs;

import java.util.Locale;
import java.util.Map;

/** How a prompt selection stands in a manifest. */
final class PromptManifest {
    private PromptManifest() {}

    static void add(Map<String, String> options, PromptSelection selection) {
        options.put("batch-size", String.valueOf(selection.batchSize()));
        options.put("skip", String.valueOf(selection.skip()));
        options.put(
                "limit", selection.limit() == null ? "none" : selection.limit().toString());
        options.put(
                "shuffle-seed",
                selection.shuffleSeed() == null
                        ? "none"
                        : selection.shuffleSeed().toString());
        options.put("prepend-bos", selection.prependBos().name().toLowerCase(Locale.ROOT));
        options.put("slice-output", "last_seq");
    }
}
