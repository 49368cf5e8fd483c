package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.layer.LastPosition;
import java.util.List;

/**
 * One array per source, filled in as the sources write: their outputs in a forward pass, or their ablations less these.
 *
 * @param array {@code [source, batch, seq, d_model]}, outside any graph of gradients
 */
record SourceOutputs(ModelGraph graph, NDArray array) {

    static SourceOutputs like(ModelGraph graph, NDArray embedding) {
        Shape shape = new Shape(graph.sources().size()).addAll(embedding.getShape());
        return new SourceOutputs(graph, embedding.getManager().create(shape, embedding.getDataType()));
    }

    /** Whether the graph has such a source in a block. */
    static boolean has(ModelGraph graph, SourceNode.Kind kind, int block) {
        return !graph.sources(kind, block).isEmpty();
    }

    /** The rows of a kind of source in a block, from an array of all sources: {@code [n, batch, seq, d_model]}. */
    static NDArray of(ModelGraph graph, SourceNode.Kind kind, int block, NDArray all) {
        List<SourceNode> sources = graph.sources(kind, block);
        int first = sources.get(0).index();
        return all.get("{}:{}", first, first + sources.size());
    }

    /** Where the outputs of a kind of source in a block are, {@code [n, batch, seq, d_model]}. */
    NDArray of(SourceNode.Kind kind, int block) {
        return of(graph, kind, block, array);
    }

    /** @param outputs of all sources of a kind in a block, {@code [n, batch, seq, d_model]}, or of the last position alone */
    void put(SourceNode.Kind kind, int block, NDArray outputs) {
        LastPosition.put(outputs, of(kind, block));
    }

    /** What the edges into a module carry, {@code [source, batch, seq, d_model]}. */
    NDArray of(DestinationModule module) {
        int first = module.firstSource();
        return array.get("{}:{}", first, first + module.sources());
    }

    /** The same, laid out by {@link EdgeLayout#flat}. */
    NDArray columns(DestinationModule module) {
        return EdgeLayout.of(graph).flat(of(module));
    }
}
