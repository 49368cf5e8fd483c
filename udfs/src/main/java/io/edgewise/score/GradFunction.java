package io.edgewise.score;

import ai.djl.ndarray.NDArray;

/** What is made of the logits before the answers are read off; AutoCircuit's {@code grad_function}. */
public enum GradFunction {
    LOGIT {
        @Override
        public NDArray apply(NDArray logits) {
            return logits;
        }
    },
    PROB {
        @Override
        public NDArray apply(NDArray logits) {
            return logits.softmax(-1);
        }
    },
    LOGPROB {
        @Override
        public NDArray apply(NDArray logits) {
            return logits.logSoftmax(-1);
        }
    },
    /** exp(z) over the sum of all, the sum taken as a constant. */
    LOGIT_EXP {
        @Override
        public NDArray apply(NDArray logits) {
            NDArray exponentials = logits.exp();
            return exponentials.div(exponentials.sum(new int[] {-1}, true).stopGradient());
        }
    };

    /**
     * @param logits {@code [batch, vocabulary]}
     * @return the same shape
     */
    public abstract NDArray apply(NDArray logits);
}
