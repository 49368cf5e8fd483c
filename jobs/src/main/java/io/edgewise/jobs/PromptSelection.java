package io.edgewise.jobs;

import io.edgewise.prompt.BosRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which prompts a job uses.
 *
 * @param uris files, in order
 * @param batchSize prompt pairs in a full batch
 * @param skip prompts left out at the beginning, after shuffling
 * @param limit prompts used at most; null for all
 * @param shuffleSeed null for file order
 */
record PromptSelection(
        List<String> uris,
        int batchSize,
        long skip,
        @Nullable Long limit,
        @Nullable Long shuffleSeed,
        BosRule prependBos) {
    PromptSelection {
        uris = List.copyOf(uris);
    }
}
