package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.layer.ResidualStream;

/** A forward pass in which everything reads the residual stream, and what every source but the heads writes is recorded. */
interface SourceRecorder extends ResidualStream {

    /**
     * Records what a source wrote, if the graph has it.
     *
     * @param output {@code [batch, seq, d_model]}
     */
    void record(SourceNode.Kind kind, int block, NDArray output);

    @Override
    default NDArray start(NDArray embedding) {
        record(SourceNode.Kind.START, 0, embedding);
        return embedding;
    }

    @Override
    default NDArray middle(int block, NDArray residual) {
        record(SourceNode.Kind.RESIDUAL_MID, block, residual);
        return residual;
    }

    @Override
    default void mlpWrote(int block, NDArray output) {
        record(SourceNode.Kind.MLP, block, output);
    }

    @Override
    default NDArray post(int block, NDArray residual) {
        record(SourceNode.Kind.RESIDUAL_POST, block, residual);
        return residual;
    }
}
