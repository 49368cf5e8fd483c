package io.edgewise.jobs.options;

import io.edgewise.InputException;
import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.pipeline.PromptPart;
import io.edgewise.prompt.BosRule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the prompts and their batches. */
public final class PromptOptions {
    private static final double HALF = 0.5;

    @Option(
            names = "--prompts",
            required = true,
            paramLabel = "URI",
            description =
                    "Prompt pairs: AutoCircuit JSON, JSONL, CSV (each also .gz) or Parquet, or data of EAP-IG or the MIB benchmark; text or token"
                            + " ids. Repeatable.")
    private List<String> prompts;

    @Option(
            names = "--counterfactual",
            paramLabel = "FIELD",
            description =
                    "Of the MIB benchmark's data, which counterfactual is the corrupt prompt, such as abc_counterfactual (default: the"
                            + " benchmark's: s2_io_flip_counterfactual of IOI, random_counterfactual of arithmetic, symbol_counterfactual of"
                            + " multiple choice).")
    private @Nullable String counterfactual;

    @Option(
            names = "--batch-size",
            defaultValue = "32",
            paramLabel = "N",
            description = "Prompt pairs in a batch (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(
            names = "--skip",
            defaultValue = "0",
            paramLabel = "N",
            description = "Leave out the first N prompts (default: ${DEFAULT-VALUE}).")
    private long skip;

    @Option(names = "--limit", paramLabel = "N", description = "Use at most N prompts after those (default: all).")
    private @Nullable Long limit;

    @Option(
            names = "--split",
            converter = ShareConverter.class,
            paramLabel = "SHARE",
            description = "Split the prompts by a hash of their tokens: this share scores edges, the others measure"
                    + " circuits (default: all do both; in a study 0.5).")
    private @Nullable Double split;

    @Option(
            names = "--shuffle-seed",
            paramLabel = "SEED",
            description = "Shuffle the prompts first, the same way for the same seed (default: keep file order).")
    private @Nullable Long shuffleSeed;

    @Option(
            names = "--prepend-bos",
            defaultValue = "auto",
            paramLabel = "auto|true|false",
            description = "Put the tokenizer's begin-of-text token before text prompts; auto: where it has one"
                    + " (default: ${DEFAULT-VALUE}).")
    private BosRule prependBos;

    @Option(
            names = "--pad",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "true|false",
            description =
                    "Run prompts of all lengths together, in file order, with masked padding in front of shorter ones,"
                            + " instead of grouping them by length (default: ${DEFAULT-VALUE}).")
    private boolean pad;

    @Option(
            names = "--tail-divergence",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "true|false",
            description =
                    "Run the tokens before the first difference of clean and corrupt only once, and patch nothing there;"
                            + " all prompts must share them (default: ${DEFAULT-VALUE}).")
    private boolean tailDivergence;

    @Option(
            names = "--max-rejected",
            defaultValue = "100%",
            converter = ShareConverter.class,
            paramLabel = "SHARE",
            description =
                    "Fail where a larger share of the prompts can't be used, such as 5%% or 0.05 (default: 100%%, as long as one"
                            + " can).")
    private double maxRejected;

    /** The prompts that a job scores on. */
    public PromptSelection scoring() {
        return selection(split, true);
    }

    /** The prompts that a job measures circuits on. */
    public PromptSelection measuring() {
        return selection(split, false);
    }

    /** Two parts of the prompts: one to score on, one to measure circuits on. */
    public record Halves(PromptSelection scoring, PromptSelection measuring) {}

    /** Both parts: by hash, or, with --limit, that many prompts and as many after them. */
    public Halves halves() {
        if (split != null && limit != null) {
            throw new InputException("--split and --limit don't go together in a study: --limit " + limit
                    + " scores on " + limit + " prompts and measures on the " + limit + " after them; leave one out");
        }
        if (limit != null) {
            PromptSelection first = selection(null, true);
            return new Halves(first, first.from(skip + limit));
        }
        double share = split == null ? HALF : split;
        return new Halves(selection(share, true), selection(share, false));
    }

    private static @Nullable PromptPart part(@Nullable Double share, boolean isScoring) {
        if (share == null) {
            return null;
        }
        if (!(share > 0 && share < 1)) {
            throw new InputException("--split must be greater than 0 and less than 1, got " + share);
        }
        return isScoring ? PromptPart.scoring(share) : PromptPart.measuring(share);
    }

    private PromptSelection selection(@Nullable Double share, boolean isScoring) {
        PromptPart part = part(share, isScoring);
        if (batchSize < 1) {
            throw new InputException("--batch-size must be at least 1, got " + batchSize);
        }
        if (skip < 0) {
            throw new InputException("--skip must be at least 0, got " + skip);
        }
        if (limit != null && limit < 1) {
            throw new InputException("--limit must be at least 1, got " + limit);
        }
        return new PromptSelection(
                prompts,
                batchSize,
                skip,
                limit,
                shuffleSeed,
                prependBos,
                pad,
                tailDivergence,
                part,
                maxRejected,
                counterfactual);
    }
}
