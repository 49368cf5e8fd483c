package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;

/** A model that reads and writes a residual stream. */
public interface Network {

    /**
     * Makes a forward pass.
     *
     * @param stream what each destination reads and what becomes of each source's output
     * @return logits of the tokens that are asked for at the slice, {@code [batch, seq?, vocabulary]}
     */
    NDArray run(Tokens tokens, ResidualStream stream, Forward forward);

    /** The input to the first block, {@code [batch, seq, d_model]}: the source {@code Resid Start}. */
    NDArray embed(Tokens tokens, Forward forward);
}
