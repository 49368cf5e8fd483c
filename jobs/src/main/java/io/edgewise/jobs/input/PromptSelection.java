package io.edgewise.jobs.input;

import io.edgewise.pipeline.PromptPart;
import io.edgewise.prompt.BosRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which prompts a job uses.
 *
 * @param uris files, in order
 * @param batchSize prompt pairs in a full batch
 * @param skip prompts left out at the beginning, after shuffling
 * @param limit prompts used at most; null for all
 * @param shuffleSeed the seed of the shuffle; null for file order
 * @param pads whether prompts of all lengths run together, with padding in front of shorter ones
 * @param sharesPrefix whether the tokens that all prompts begin with are run only once
 * @param part the part of the prompts selected so far, which scores, measures or chooses; null for all
 * @param maxRejected the share of the prompts that may be unusable, from 0 to 1
 * @param counterfactual the field of the corrupt prompt in data sets of the MIB benchmark; null for the one that it uses itself
 */
public record PromptSelection(
        List<String> uris,
        int batchSize,
        long skip,
        @Nullable Long limit,
        @Nullable Long shuffleSeed,
        BosRule prependBos,
        boolean pads,
        boolean sharesPrefix,
        @Nullable PromptPart part,
        double maxRejected,
        @Nullable String counterfactual) {
    public PromptSelection {
        uris = List.copyOf(uris);
    }

    /** This selection, from other files. */
    public PromptSelection of(List<String> others) {
        return with(others, skip, part);
    }

    /** All prompts of other files, in batches like these. */
    public PromptSelection whole(List<String> others) {
        return new PromptSelection(
                others, batchSize, 0, null, null, prependBos, pads, sharesPrefix, null, maxRejected, counterfactual);
    }

    /** This selection, beginning at another prompt. */
    public PromptSelection from(long first) {
        return with(uris, first, part);
    }

    /** The prompts that choose between circuits before the others measure. */
    public PromptSelection tuning() {
        return with(uris, skip, measuring().tuning());
    }

    /** The prompts that are left then. */
    public PromptSelection afterTuning() {
        return with(uris, skip, measuring().afterTuning());
    }

    private PromptPart measuring() {
        return part == null ? PromptPart.ALL : part;
    }

    private PromptSelection with(List<String> others, long first, @Nullable PromptPart other) {
        return new PromptSelection(
                others,
                batchSize,
                first,
                limit,
                shuffleSeed,
                prependBos,
                pads,
                sharesPrefix,
                other,
                maxRejected,
                counterfactual);
    }

    /** The options that decide the selection, for a manifest. */
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("batch-size", String.valueOf(batchSize));
        options.put("skip", String.valueOf(skip));
        options.put("limit", limit == null ? "none" : limit.toString());
        options.put("shuffle-seed", shuffleSeed == null ? "none" : shuffleSeed.toString());
        options.put("prepend-bos", prependBos.name().toLowerCase(Locale.ROOT));
        options.put("pad", String.valueOf(pads));
        options.put("tail-divergence", String.valueOf(sharesPrefix));
        if (part != null) {
            options.put("split", part.from() + " to " + part.to());
        }
        if (counterfactual != null) {
            options.put("counterfactual", counterfactual);
        }
        return options;
    }
}
