package io.edgewise.ablation;

import io.edgewise.model.stream.PatchOrigin;
import io.edgewise.prompt.PromptSide;
import java.util.List;

/** The activation that replaces a source's output on an ablated edge; AutoCircuit's {@code AblationType}. */
public enum AblationType {
    /** The source's output on a prompt of the pair. */
    RESAMPLE(true),
    /** Zeros. */
    ZERO(false),
    /** The source's mean output over the batch, position by position. */
    BATCH_TOKENWISE_MEAN(true),
    /** The source's mean output over the batch and its positions. */
    BATCH_ALL_TOK_MEAN(true),
    /** The source's mean output over all clean prompts, position by position. */
    TOKENWISE_MEAN_CLEAN(false, PromptSide.CLEAN),
    /** The source's mean output over all corrupt prompts, position by position. */
    TOKENWISE_MEAN_CORRUPT(false, PromptSide.CORRUPT),
    /** The source's mean output over all clean and all corrupt prompts, position by position. */
    TOKENWISE_MEAN_CLEAN_AND_CORRUPT(false, PromptSide.CLEAN, PromptSide.CORRUPT);

    private final boolean ofBatch;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes lists that nobody changes
    private final List<PromptSide> meanOver;

    AblationType(boolean ofBatch, PromptSide... meanOver) {
        this.ofBatch = ofBatch;
        this.meanOver = List.of(meanOver);
    }

    /** Whether it is computed from one side of the batch that runs. */
    public boolean isOfBatch() {
        return ofBatch;
    }

    /** Where the activations come from. */
    public PatchOrigin origin() {
        return this == RESAMPLE ? PatchOrigin.ONE_RUN : PatchOrigin.OTHER;
    }

    /** The sides of the data set that it is the mean over; empty where it isn't such a mean. */
    public List<PromptSide> meanOver() {
        return meanOver;
    }
}
