package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.DestinationModule.Kind;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.layer.Heads;
import io.edgewise.model.layer.ResidualStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A forward pass with chosen edges patched. Destination d reads {@code residual + sum_s mask[d, s] * (patch_s -
 * current_s)}, where current_s is what source s wrote in this same run. Destinations of a module without a patched edge
 * share the plain residual.
 */
public final class MaskedStream implements ResidualStream {
    private final ModelGraph graph;
    private final NDArray patch;
    private final EdgeMask mask;
    private @Nullable SourceOutputs difference;

    /**
     * @param patch ablation activations {@code [source, batch, seq, d_model]}
     */
    public MaskedStream(ModelGraph graph, NDArray patch, EdgeMask mask) {
        this.graph = graph;
        this.patch = patch;
        this.mask = mask;
    }

    @Override
    public NDArray start(NDArray embedding) {
        EdgeLayout.check(graph, embedding);
        difference = SourceOutputs.like(graph, embedding);
        wrote(SourceNode.Kind.START, 0, embedding.expandDims(0));
        return embedding;
    }

    @Override
    public NDArray mix(int block, Heads heads, NDArray residual) {
        NDArray merged = patched(Kind.ATTENTION, block, residual);
        return heads.mix(
                merged != null
                        ? new Heads.Input(residual, merged, merged, merged)
                        : new Heads.Input(
                                residual,
                                patched(Kind.QUERY, block, residual),
                                patched(Kind.KEY, block, residual),
                                patched(Kind.VALUE, block, residual)));
    }

    @Override
    public void headsWrote(int block, Heads heads, NDArray mixed) {
        wrote(SourceNode.Kind.HEAD, block, heads.writePerHead(mixed));
    }

    @Override
    public NDArray middle(int block, NDArray residual) {
        NDArray read = single(Kind.RESIDUAL_MID, block, residual);
        wrote(SourceNode.Kind.RESIDUAL_MID, block, read.expandDims(0));
        return read;
    }

    @Override
    public NDArray mlpInput(int block, NDArray residual) {
        return single(Kind.MLP, block, residual);
    }

    @Override
    public void mlpWrote(int block, NDArray output) {
        wrote(SourceNode.Kind.MLP, block, output.expandDims(0));
    }

    @Override
    public NDArray post(int block, NDArray residual) {
        NDArray read = single(Kind.RESIDUAL_POST, block, residual);
        wrote(SourceNode.Kind.RESIDUAL_POST, block, read.expandDims(0));
        return read;
    }

    @Override
    public NDArray endInput(int block, NDArray residual) {
        return single(Kind.RESIDUAL_END, block, residual);
    }

    private void wrote(SourceNode.Kind kind, int block, NDArray outputs) {
        if (SourceOutputs.has(graph, kind, block)) {
            NDArray ablated = SourceOutputs.of(graph, kind, block, patch);
            recorded().put(kind, block, ablated.sub(outputs));
        }
    }

    private NDArray single(Kind kind, int block, NDArray residual) {
        NDArray patched = patched(kind, block, residual);
        return patched == null ? residual : patched.squeeze(0);
    }

    /** The module's inputs {@code [destination, batch, seq, d_model]}; null where all are the plain residual. */
    private @Nullable NDArray patched(Kind kind, int block, NDArray residual) {
        DestinationModule module = graph.module(kind, block);
        if (module == null || !mask.values().touches(module)) {
            return null;
        }
        Shape shape = new Shape(module.destinations(), module.sources());
        Shape perPosition = graph.spec().seqLen() == null ? shape : new Shape(graph.positions()).addAll(shape);
        // A copy in PyTorch's own memory: the alignment of a Java buffer may change the last bit of a product.
        NDArray rows = residual.getManager()
                .create(mask.values().rows(module), perPosition)
                .duplicate();
        NDArray change = rows.matMul(recorded().columns(module));
        return EdgeLayout.of(graph).unflat(change, residual.getShape()).add(residual);
    }

    private SourceOutputs recorded() {
        return Objects.requireNonNull(difference, "The run begins with the embedding");
    }
}
