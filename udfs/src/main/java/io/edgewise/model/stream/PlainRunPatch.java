package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.layer.Heads;
import io.edgewise.model.torch.KeptArrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What sources write in an ordinary forward pass, of heads the outputs before W_O alone. W_O is linear, so the difference of two runs need be
 * multiplied with it only once, and nothing of the size of all sources is held.
 */
public final class PlainRunPatch implements SourceRecorder, PatchActivations {
    private final ModelGraph graph;
    private final KeptArrays kept;
    private final Map<Place, NDArray> outputs = new HashMap<>();

    private record Place(SourceNode.Kind kind, int block) {}

    /** @param kept holds what is recorded */
    public PlainRunPatch(ModelGraph graph, KeptArrays kept) {
        this.graph = graph;
        this.kept = kept;
    }

    @Override
    public boolean endsAtOutput() {
        return true;
    }

    @Override
    public void headsWrote(int block, Heads heads, NDArray mixed) {
        NDArray written = heads.writeLinearly() ? mixed : heads.writePerHead(mixed);
        outputs.put(new Place(SourceNode.Kind.HEAD, block), kept.keep(written));
    }

    @Override
    public void record(SourceNode.Kind kind, int block, NDArray output) {
        if (SourceOutputs.has(graph, kind, block)) {
            outputs.put(new Place(kind, block), kept.keep(output.duplicate()));
        }
    }

    @Override
    public void less(SourceNode.Kind kind, int block, int runs, NDArray written, NDArray into) {
        PatchActivations.subtract(of(kind, block).expandDims(0), written, runs, into);
    }

    @Override
    public void lessHeads(int block, int runs, Heads heads, NDArray mixed, NDArray into) {
        NDArray own = of(SourceNode.Kind.HEAD, block);
        if (!heads.writeLinearly()) {
            heads.writePerHead(mixed, into);
            PatchActivations.subtract(own, into, runs, into);
            return;
        }
        Shape shape = own.getShape();
        NDArray difference = own.expandDims(0).sub(mixed.reshape(new Shape(runs).addAll(shape)));
        heads.writePerHead(difference.reshape(mixed.getShape()), into);
    }

    private NDArray of(SourceNode.Kind kind, int block) {
        return Objects.requireNonNull(outputs.get(new Place(kind, block)), "recorded");
    }
}
