package io.edgewise.jobs.score;

/** Ways to score edges. */
public enum ScoreMethod {
    MASK_GRADIENT,
    EDGE_ATTRIBUTION_PATCHING,
    ACTIVATION_MAGNITUDE,
    RANDOM,
    GROUND_TRUTH,
    ACDC,
    SUBNETWORK_PROBING,
    CIRCUIT_PROBING,
    EDGE_PRUNING
}
