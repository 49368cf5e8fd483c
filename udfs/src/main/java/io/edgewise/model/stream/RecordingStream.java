package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.layer.Heads;
import io.edgewise.model.layer.ResidualStream;
import org.jspecify.annotations.Nullable;

/** An ordinary forward pass that records what every source writes. */
public final class RecordingStream implements ResidualStream {
    private final ModelGraph graph;
    private @Nullable SourceOutputs sources;

    public RecordingStream(ModelGraph graph) {
        this.graph = graph;
    }

    /** {@code [source, batch, seq, d_model]}, after the run. */
    public NDArray sources() {
        return recorded().array();
    }

    @Override
    public NDArray start(NDArray embedding) {
        sources = SourceOutputs.like(graph, embedding);
        return record(SourceNode.Kind.START, 0, embedding);
    }

    @Override
    public void headsWrote(int block, Heads heads, NDArray mixed) {
        heads.writePerHead(mixed, recorded().of(SourceNode.Kind.HEAD, block));
    }

    @Override
    public NDArray middle(int block, NDArray residual) {
        return record(SourceNode.Kind.RESIDUAL_MID, block, residual);
    }

    @Override
    public void mlpWrote(int block, NDArray output) {
        record(SourceNode.Kind.MLP, block, output);
    }

    @Override
    public NDArray post(int block, NDArray residual) {
        return record(SourceNode.Kind.RESIDUAL_POST, block, residual);
    }

    private NDArray record(SourceNode.Kind kind, int block, NDArray output) {
        if (SourceOutputs.has(graph, kind, block)) {
            recorded().put(kind, block, output.expandDims(0));
        }
        return output;
    }

    private SourceOutputs recorded() {
        if (sources == null) {
            throw new IllegalStateException("The sources can be read only after a run");
        }
        return sources;
    }
}
