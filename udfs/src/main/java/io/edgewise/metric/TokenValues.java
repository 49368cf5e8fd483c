package io.edgewise.metric;

import ai.djl.ndarray.NDArray;

/** The value of a token: its logit, its probability or its log probability. */
public enum TokenValues {
    LOGIT(""),
    PROB("_prob"),
    LOGPROB("_logprob");

    private final String suffix;

    TokenValues(String suffix) {
        this.suffix = suffix;
    }

    /** The end of the name of a metric of these values. */
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
