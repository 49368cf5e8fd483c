package io.edgewise.jobs.score;

/** Ways to score edges. */
public enum ScoreMethod {
    MASK_GRADIENT,
    EDGE_ATTRIBUTION_PATCHING,
    ACTIVATION_MAGNITUDE,
    RANDOM,
    GROUND_TRUTH,
    ACDC,
    EAP_IG_INPUTS,
    EAP_IG_ACTIVATIONS,
    CLEAN_CORRUPTED,
    CEAP,
    ATP_STAR,
    RELP,
    INFORMATION_FLOW_ROUTES
}
