package io.edgewise.metric;

import ai.djl.ndarray.NDArray;

/** What a token's value is: its logit, or what a softmax makes of it. */
public enum TokenValues {
    LOGIT(""),
    PROB("_prob"),
    LOGPROB("_logprob");

    private final String suffix;

    TokenValues(String suffix) {
        this.suffix = suffix;
    }

    /** What a metric of these values has at the end of its name. */
    String suffix() {
        return suffix;
    }

    /**
     * The values that logits stand for.
     *
     * @param logits {@code [batch, seq?, vocabulary]}
     * @return the same shape
     */
    public NDArray of(NDArray logits) {
        return switch (this) {
            case LOGIT -> logits;
            case PROB -> logits.softmax(-1);
            case LOGPROB -> logits.logSoftmax(-1);
        };
    }
}
