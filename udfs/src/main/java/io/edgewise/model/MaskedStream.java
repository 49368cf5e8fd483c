package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.DestinationModule.Kind;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.ModelGraph;
import org.jspecify.annotations.Nullable;

/**
 * A forward pass with chosen edges patched. Destination d reads {@code residual + sum_s mask[d, s] * (patch_s -
 * current_s)}, where current_s is what source s wrote in this same run. Destinations of a module without a patched edge
 * share the plain residual.
 */
final class MaskedStream implements ResidualStream {
    private final ModelGraph graph;
    private final NDArray patch;
    private final EdgeMask mask;
    private @Nullable SourceOutputs difference;

    /**
     * @param patch ablation activations {@code [source, batch, seq, d_model]}
     */
    MaskedStream(ModelGraph graph, NDArray patch, EdgeMask mask) {
        this.graph = graph;
        this.patch = patch;
        this.mask = mask;
    }

    @Override
    public void start(NDArray embedding) {
        difference = SourceOutputs.like(graph, embedding);
        difference.start(patch.get(0).sub(embedding));
    }

    @Override
    public NDArray mix(int block, Attention attention, NDArray residual) {
        return attention.mix(new Attention.Input(
                residual,
                patched(graph.module(Kind.QUERY, block), residual),
                patched(graph.module(Kind.KEY, block), residual),
                patched(graph.module(Kind.VALUE, block), residual)));
    }

    @Override
    public void headsWrote(int block, Attention attention, NDArray mixed) {
        int first = graph.firstHeadSource(block);
        NDArray ablated = patch.get("{}:{}", first, first + graph.heads());
        recorded().heads(block, ablated.sub(attention.writePerHead(mixed)));
    }

    @Override
    public NDArray mlpInput(int block, NDArray residual) {
        return single(graph.module(Kind.MLP, block), residual);
    }

    @Override
    public void mlpWrote(int block, NDArray output) {
        recorded().mlp(block, patch.get(graph.mlpSource(block)).sub(output));
    }

    @Override
    public NDArray endInput(NDArray residual) {
        return single(graph.module(Kind.RESIDUAL_END, graph.blocks() - 1), residual);
    }

    private NDArray single(DestinationModule module, NDArray residual) {
        NDArray patched = patched(module, residual);
        return patched == null ? residual : patched.squeeze(0);
    }

    /** The module's inputs {@code [destination, batch, seq, d_model]}; null where all are the plain residual. */
    private @Nullable NDArray patched(DestinationModule module, NDArray residual) {
        if (!mask.touches(module)) {
            return null;
        }
        // A copy in PyTorch's own memory: how a Java buffer lies in memory may change the last bit of a product.
        NDArray rows = residual.getManager()
                .create(mask.rows(module), new Shape(module.destinations(), module.sources()))
                .duplicate();
        Shape shape = new Shape(module.destinations()).addAll(residual.getShape());
        return rows.matMul(recorded().rows(module.sources())).reshape(shape).addi(residual);
    }

    private SourceOutputs recorded() {
        if (difference == null) {
            throw new IllegalStateException("The run begins with the embedding");
        }
        return difference;
    }
}
