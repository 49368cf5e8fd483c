package io.edgewise.model.config;

/**
 * The rules of RelP (Jafari et al. 2025, arXiv 2508.21258): what a backward pass takes as constant. Forward passes stay as they are, but for
 * rounding.
 */
public enum RelevanceRule {
    /** Norms divide by a constant. */
    LN_RULE,
    /** An activation function multiplies its input by a constant. */
    IDENTITY_RULE,
    /** Each factor of a gated product gets half of its gradient. */
    HALF_RULE,
    /** Attention patterns are constant: edges to queries and keys score 0. */
    AH_RULE
}
