package io.edgewise.graph;

import io.edgewise.InputException;

/** What has a score: the parts of a model that a circuit keeps or ablates. */
public enum Level {
    /** Connections from what a source writes to what a destination reads. */
    EDGE("edge"),
    /** Sources: the embedding, heads and MLPs, each with all its edges. */
    NODE("node"),
    /**
     * Coordinates of what a source writes into the residual stream, {@code d_model} of each source; EAP-IG's neurons. They aren't the hidden
     * units of an MLP.
     */
    NEURON("neuron");

    private final String word;

    Level(String word) {
        this.word = word;
    }

    /** The name in options and files. */
    public String word() {
        return word;
    }

    /** The name of many. */
    public String words() {
        return word + "s";
    }

    /** How many numbers each source has at this level. */
    public int width(int modelWidth) {
        return this == NEURON ? modelWidth : 1;
    }

    /**
     * Checks that a graph has such scores.
     *
     * @throws InputException where it has none
     */
    public void check(GraphSpec spec) {
        if (this == EDGE) {
            return;
        }
        if (!spec.factorized()) {
            throw new InputException("Scores of " + words() + " want --factorized true: with --factorized false, edges"
                    + " run from each node to the next stage only, so edges are nodes already");
        }
        if (spec.seqLen() != null) {
            throw new InputException("Scores of " + words()
                    + " want edges that all token positions share; leave out --seq-len, or give --level edge");
        }
    }
}
