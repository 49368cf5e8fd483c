package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import io.edgewise.metric.TokenValues;

/** How logits are transformed before the answers' values are read; AutoCircuit's {@code grad_function}. */
public enum GradFunction {
    LOGIT,
    PROB,
    LOGPROB,
    /** exp(z) over the sum of all exp(z), with the sum treated as a constant. */
    LOGIT_EXP;

    /**
     * The values of the logits that are differentiated.
     *
     * @param logits {@code [batch, seq?, vocabulary]}
     * @return the same shape
     */
    public NDArray apply(NDArray logits) {
        return switch (this) {
            case LOGIT -> TokenValues.LOGIT.of(logits);
            case PROB -> TokenValues.PROB.of(logits);
            case LOGPROB -> TokenValues.LOGPROB.of(logits);
            case LOGIT_EXP -> {
                NDArray exponentials = logits.exp();
                yield exponentials.div(exponentials.sum(new int[] {-1}, true).stopGradient());
            }
        };
    }
}
