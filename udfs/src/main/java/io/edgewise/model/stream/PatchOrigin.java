package io.edgewise.model.stream;

/** Where ablation activations come from. */
public enum PatchOrigin {
    /** They are what every source writes when the model runs on some other prompts, all in one run. */
    ONE_RUN,
    /** They are means, zeros, or anything else. */
    OTHER
}
