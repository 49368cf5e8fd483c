package io.edgewise.model.config;

import ai.djl.ndarray.NDArray;

/** The positions whose logits count; AutoCircuit's {@code slice_output}. */
public enum OutputSlice {
    /** The last position: logits {@code [batch, vocabulary]}. */
    LAST_SEQ {
        @Override
        public NDArray of(NDArray residual) {
            return residual.get(":, -1");
        }

        @Override
        public int positions(int length) {
            return 1;
        }
    },
    /** All positions but the first: logits {@code [batch, seq - 1, vocabulary]}. */
    NOT_FIRST_SEQ {
        @Override
        public NDArray of(NDArray residual) {
            return residual.get(":, 1:");
        }

        @Override
        public int positions(int length) {
            return length - 1;
        }
    },
    /** Every position: logits {@code [batch, seq, vocabulary]}. */
    NONE {
        @Override
        public NDArray of(NDArray residual) {
            return residual;
        }

        @Override
        public int positions(int length) {
            return length;
        }
    };

    /** The part of {@code [batch, seq, d_model]} that is unembedded. */
    public abstract NDArray of(NDArray residual);

    /** How many positions count, of prompts of {@code length} tokens. */
    public abstract int positions(int length);
}
