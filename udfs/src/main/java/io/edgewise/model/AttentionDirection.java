package io.edgewise.model;

/** Which way a position looks. */
public enum AttentionDirection {
    /** At itself and what comes before. */
    CAUSAL,
    /** At every position. */
    BIDIRECTIONAL
}
