package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.ModelGraph;

/**
 * The outputs of all sources of one forward pass, filled in as they are written.
 *
 * @param array {@code [source, batch, seq, d_model]}, outside any graph of gradients
 */
record SourceOutputs(ModelGraph graph, NDArray array) {

    static SourceOutputs like(ModelGraph graph, NDArray embedding) {
        Shape shape = new Shape(graph.sources().size()).addAll(embedding.getShape());
        return new SourceOutputs(graph, embedding.getManager().create(shape, embedding.getDataType()));
    }

    void start(NDArray embedding) {
        put(0, embedding.expandDims(0));
    }

    void heads(int block, NDArray outputs) {
        put(graph.firstHeadSource(block), outputs);
    }

    void mlp(int block, NDArray output) {
        put(graph.mlpSource(block), output.expandDims(0));
    }

    /** The first {@code sources} sources as a matrix {@code [source, batch * seq * d_model]}. */
    NDArray rows(int sources) {
        return array.get("0:{}", sources).reshape(sources, -1);
    }

    private void put(int first, NDArray outputs) {
        array.set(new NDIndex("{}:{}", first, first + outputs.getShape().get(0)), outputs);
    }
}
