package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.NodeMask;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.layer.Heads;
import io.edgewise.model.layer.ResidualStream;
import io.edgewise.model.torch.InPlace;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A forward pass in which sources pass on their ablations, whole or some of their coordinates. Every destination reads
 * {@code residual + sum_s mask_s * (patch_s - current_s)} over the earlier sources, element by element, where current_s is what source s
 * wrote in this same run. All destinations of a layer read the same, so none needs an input of its own. The graph must be factorized, and
 * its edges shared by all positions.
 */
public final class NodeMaskedStream implements ResidualStream {
    private final ModelGraph graph;
    private final NDArray patch;
    private final NodeMask mask;
    private boolean isPlain = true;
    /** {@code [source, 1, 1, width]}. */
    private @Nullable NDArray masks;
    /** What the masks put in so far, {@code [batch, seq, d_model]}. */
    private @Nullable NDArray change;

    /**
     * @param patch ablation activations {@code [source, batch, seq, d_model]}
     */
    public NodeMaskedStream(ModelGraph graph, NDArray patch, NodeMask mask) {
        this.graph = graph;
        this.patch = patch;
        this.mask = mask;
    }

    @Override
    public NDArray start(NDArray embedding) {
        Shape shape = new Shape(graph.sources().size(), 1, 1, mask.width());
        masks = embedding.getManager().create(mask.values(), shape).duplicate();
        change = embedding.zerosLike();
        if (touches(SourceNode.Kind.START, 0)) {
            wrote(SourceNode.Kind.START, 0, embedding.expandDims(0));
        }
        return embedding;
    }

    @Override
    public NDArray mix(int block, Heads heads, NDArray residual) {
        return heads.mix(Heads.Input.shared(read(residual)));
    }

    @Override
    public void headsWrote(int block, Heads heads, NDArray mixed) {
        if (touches(SourceNode.Kind.HEAD, block)) {
            wrote(SourceNode.Kind.HEAD, block, heads.writePerHead(mixed));
        }
    }

    @Override
    public NDArray mlpInput(int block, NDArray residual) {
        return read(residual);
    }

    @Override
    public void mlpWrote(int block, NDArray output) {
        if (touches(SourceNode.Kind.MLP, block)) {
            wrote(SourceNode.Kind.MLP, block, output.expandDims(0));
        }
    }

    @Override
    public NDArray endInput(int block, NDArray residual) {
        return read(residual);
    }

    private boolean touches(SourceNode.Kind kind, int block) {
        List<SourceNode> sources = graph.sources(kind, block);
        return sources.stream().anyMatch(source -> mask.touches(source.index()));
    }

    /** @param outputs {@code [n, batch, seq, d_model]} */
    private void wrote(SourceNode.Kind kind, int block, NDArray outputs) {
        NDArray changes = SourceOutputs.of(graph, kind, block, patch).sub(outputs);
        InPlace.multiply(SourceOutputs.of(graph, kind, block, Objects.requireNonNull(masks)), changes);
        InPlace.add(changes.sum(new int[] {0}), Objects.requireNonNull(change));
        isPlain = false;
    }

    private NDArray read(NDArray residual) {
        return isPlain ? residual : residual.add(Objects.requireNonNull(change));
    }
}
