package io.edgewise.score;

/** The order in which edges are ranked, highest first. */
public enum Ranking {
    /** The absolute score: edges that matter, whether they help the answer or hinder it; AutoCircuit's. */
    ABSOLUTE,
    /** The score itself: edges that help the answer first, those that hinder it last. */
    SIGNED;

    /** A score's strength, which edges are ranked by. */
    public double strength(double score) {
        return this == ABSOLUTE ? Math.abs(score) : score;
    }
}
