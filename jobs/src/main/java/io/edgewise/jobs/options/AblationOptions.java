package io.edgewise.jobs.options;

import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationType;
import io.edgewise.prompt.PromptSide;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What ablated edges carry. */
public final class AblationOptions {
    @Option(
            names = "--ablation-type",
            paramLabel = "ABLATION",
            defaultValue = "RESAMPLE",
            description = "What an ablated edge carries: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private AblationType ablationType;

    @Option(
            names = "--clean-corrupt",
            paramLabel = "SIDE",
            description = "The prompts that RESAMPLE and the BATCH_ types are computed from: ${COMPLETION-CANDIDATES}"
                    + " (default: corrupt).")
    private @Nullable PromptSide cleanCorrupt;

    /** The type alone. */
    public AblationType type() {
        return ablationType;
    }

    /** The type and its side. */
    public Ablation ablation() {
        return cleanCorrupt == null
                ? Ablation.of(ablationType, PromptSide.CORRUPT)
                : new Ablation(ablationType, cleanCorrupt);
    }
}
