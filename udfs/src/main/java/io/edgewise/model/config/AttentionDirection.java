package io.edgewise.model.config;

/** Whether a position attends to earlier positions alone, or to all. */
public enum AttentionDirection {
    /** At itself and what comes before. */
    CAUSAL,
    /** At every position. */
    BIDIRECTIONAL
}
