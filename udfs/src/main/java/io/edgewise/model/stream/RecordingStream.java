package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.layer.Heads;
import org.jspecify.annotations.Nullable;

/** An ordinary forward pass that records what every source writes. */
public final class RecordingStream implements SourceRecorder {
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
        return SourceRecorder.super.start(embedding);
    }

    @Override
    public void headsWrote(int block, Heads heads, NDArray mixed) {
        heads.writePerHead(mixed, recorded().of(SourceNode.Kind.HEAD, block));
    }

    @Override
    public void record(SourceNode.Kind kind, int block, NDArray output) {
        if (SourceOutputs.has(graph, kind, block)) {
            recorded().put(kind, block, output.expandDims(0));
        }
    }

    private SourceOutputs recorded() {
        if (sources == null) {
            throw new IllegalStateException("The sources can be read only after a run");
        }
        return sources;
    }
}
