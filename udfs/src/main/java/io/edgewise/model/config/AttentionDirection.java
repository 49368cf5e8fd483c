package io.edgewise.model.config;

/** Which way a position looks. */
public enum AttentionDirection {
    /** At itself and what comes before. */
    CAUSAL,
    /** At every position. */
    BIDIRECTIONAL
}
