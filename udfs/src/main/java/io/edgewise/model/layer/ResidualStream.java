package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;

/**
 * What the destinations of one forward pass read, and what becomes of what the sources write. A model calls the methods in the order of the
 * layers; {@code residual} is always the plain sum of all that was written so far. The default methods make an ordinary forward pass:
 * everything reads the residual, and nothing is recorded.
 */
public interface ResidualStream {

    /**
     * Whether the last block may be computed at the positions of the output alone. What it hands to this stream has then only the last position,
     * where the output is that one's.
     */
    default boolean endsAtOutput() {
        return false;
    }

    /** The embedding was written, {@code [batch, seq, d_model]}: source 0. Says what the stream begins with. */
    default NDArray start(NDArray embedding) {
        return embedding;
    }

    /** Lets the heads of a block read and attend; their outputs before W_O, {@code [batch, head, seq, d_head]}. */
    default NDArray mix(int block, Heads heads, NDArray residual) {
        return heads.mix(Heads.Input.shared(residual));
    }

    /** The heads of a block wrote their outputs. */
    default void headsWrote(int block, Heads heads, NDArray mixed) {}

    /** What the stream goes on with between a block's attention and its MLP, {@code [batch, seq, d_model]}. */
    default NDArray middle(int block, NDArray residual) {
        return residual;
    }

    /** What the MLP of a block reads, {@code [batch, seq, d_model]}. */
    default NDArray mlpInput(int block, NDArray residual) {
        return residual;
    }

    /** The MLP of a block wrote, {@code [batch, seq, d_model]}. */
    default void mlpWrote(int block, NDArray output) {}

    /** What the stream goes on with after a block that isn't the last, {@code [batch, seq, d_model]}. */
    default NDArray post(int block, NDArray residual) {
        return residual;
    }

    /** What the end of the stream reads, after the last block, {@code [batch, seq, d_model]}. */
    default NDArray endInput(int block, NDArray residual) {
        return residual;
    }
}
