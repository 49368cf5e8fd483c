package io.edgewise.model.config;

/** Whether a position attends only to earlier positions, or to all. */
public enum AttentionDirection {
    /** To itself and what comes before. */
    CAUSAL,
    /** To every position. */
    BIDIRECTIONAL
}
