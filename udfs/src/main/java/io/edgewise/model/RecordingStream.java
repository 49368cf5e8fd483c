package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import io.edgewise.graph.ModelGraph;
import org.jspecify.annotations.Nullable;

/** An ordinary forward pass that records what every source writes. */
final class RecordingStream implements ResidualStream {
    private final ModelGraph graph;
    private @Nullable SourceOutputs sources;

    RecordingStream(ModelGraph graph) {
        this.graph = graph;
    }

    /** {@code [source, batch, seq, d_model]}, after the run. */
    NDArray sources() {
        return recorded().array();
    }

    @Override
    public void start(NDArray embedding) {
        sources = SourceOutputs.like(graph, embedding);
        sources.start(embedding);
    }

    @Override
    public void headsWrote(int block, Attention attention, NDArray mixed) {
        recorded().heads(block, attention.writePerHead(mixed));
    }

    @Override
    public void mlpWrote(int block, NDArray output) {
        recorded().mlp(block, output);
    }

    private SourceOutputs recorded() {
        if (sources == null) {
            throw new IllegalStateException("The sources are there after a run");
        }
        return sources;
    }
}
