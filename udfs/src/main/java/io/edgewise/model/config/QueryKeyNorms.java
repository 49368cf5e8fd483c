package io.edgewise.model.config;

/** How queries and keys are normed before they are multiplied. */
public enum QueryKeyNorms {
    /** Not at all. */
    NONE,
    /** Each head's as the residual stream is, with one weight for all heads. */
    EACH_HEAD,
    /** Each head's by a layer norm with a weight of its own and no bias. */
    LAYER_NORM_OF_EACH_HEAD,
    /** Those of all heads together, by their root mean square. */
    ALL_HEADS;

    /** Whether a head's norm depends neither on the other heads nor on which head it is. */
    public boolean isSameForEachHead() {
        return this == NONE || this == EACH_HEAD;
    }
}
