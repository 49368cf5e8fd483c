package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.layer.Heads;
import io.edgewise.model.layer.LastPosition;
import io.edgewise.model.torch.InPlace;

/** What patched edges carry, from which is subtracted what sources write in a run of the same prompts, or of several copies of them. */
public sealed interface PatchActivations permits PatchActivations.OfSources, PlainRunPatch {

    /**
     * Activations that are known for every source.
     *
     * @param array {@code [source, batch, seq, d_model]}
     */
    static PatchActivations of(ModelGraph graph, NDArray array) {
        return new OfSources(graph, array);
    }

    /**
     * Less what the sources of a kind wrote in a block.
     *
     * @param runs how many copies of the prompts run, one behind another
     * @param outputs {@code [n, run batch, seq, d_model]}
     * @param into filled in, of the same shape; may be {@code outputs}
     */
    void less(SourceNode.Kind kind, int block, int runs, NDArray outputs, NDArray into);

    /**
     * Less what a block's heads wrote.
     *
     * @param mixed their outputs before W_O, {@code [run batch, head, seq, d_head]}
     * @param into filled in, {@code [head, run batch, seq, d_model]}
     */
    void lessHeads(int block, int runs, Heads heads, NDArray mixed, NDArray into);

    /** {@code x - y}, {@code [n, run batch, seq, d_model]}, of an x that all runs share, at the positions of y. */
    static void subtract(NDArray shared, NDArray outputs, int runs, NDArray into) {
        NDArray here = LastPosition.like(outputs, shared);
        Shape shape = here.getShape();
        Shape byRun = new Shape(shape.get(0), runs).addAll(shape.slice(1));
        InPlace.difference(here.expandDims(1), outputs.reshape(byRun), into.reshape(byRun));
    }

    /**
     * The activations of every source.
     *
     * @param array {@code [source, batch, seq, d_model]}
     */
    record OfSources(ModelGraph graph, NDArray array) implements PatchActivations {
        @Override
        public void less(SourceNode.Kind kind, int block, int runs, NDArray outputs, NDArray into) {
            subtract(SourceOutputs.of(graph, kind, block, array), outputs, runs, into);
        }

        @Override
        public void lessHeads(int block, int runs, Heads heads, NDArray mixed, NDArray into) {
            heads.writePerHead(mixed, into);
            less(SourceNode.Kind.HEAD, block, runs, into, into);
        }
    }
}
