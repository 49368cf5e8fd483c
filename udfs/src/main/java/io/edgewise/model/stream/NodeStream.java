package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import io.edgewise.graph.Level;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.layer.Heads;
import io.edgewise.model.torch.BackwardSteps;
import io.edgewise.model.torch.KeptArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The products of nodes and neurons ({@link NodeProducts}). The graph of gradients is cut where sources have written: between attention and
 * MLP, between blocks, and before the end. The gradient at a cut is that of all that was written since the cut before it. In a parallel
 * block, heads and MLP share a cut. The graph must be factorized, and its edges shared by all positions.
 */
final class NodeStream implements ProductStream {
    private final ModelGraph graph;
    private final MovedStage moved;
    private final Level level;
    private final boolean records;
    private final KeptArrays kept = new KeptArrays();
    private final BackwardSteps backward = new BackwardSteps(kept);
    private final List<Written> written = new ArrayList<>();
    private @Nullable SourceOutputs sources;
    private @Nullable NodeProducts products;

    /** What was written since the last cut. */
    private record Written(SourceNode.Kind kind, int block) {}

    NodeStream(ModelGraph graph, MovedStage moved, Level level, boolean records) {
        level.check(graph.spec());
        this.graph = graph;
        this.moved = moved;
        this.level = level;
        this.records = records;
    }

    @Override
    public NDArray sources() {
        return Objects.requireNonNull(sources, "Sources are recorded").array();
    }

    @Override
    public NDArray start(NDArray embedding) {
        NDArray begin = kept.keep(moved.start(embedding).duplicate());
        if (records) {
            sources = SourceOutputs.like(graph, begin);
        }
        wrote(SourceNode.Kind.START, 0, begin);
        begin.setRequiresGradient(true);
        multiply(begin);
        return begin;
    }

    @Override
    public void headsWrote(int block, Heads heads, NDArray mixed) {
        if (sources != null) {
            heads.writePerHead(mixed.stopGradient(), sources.of(SourceNode.Kind.HEAD, block));
        }
        written.add(new Written(SourceNode.Kind.HEAD, block));
    }

    @Override
    public NDArray middle(int block, NDArray residual) {
        return cut(residual);
    }

    @Override
    public void mlpWrote(int block, NDArray output) {
        wrote(SourceNode.Kind.MLP, block, output);
    }

    @Override
    public NDArray post(int block, NDArray residual) {
        return cut(residual);
    }

    @Override
    public NDArray endInput(int block, NDArray residual) {
        return cut(residual);
    }

    @Override
    public double[] products(NDArray loss, NDArray changes, boolean ofEachPrompt) {
        int prompts = moved.prompts();
        products = new NodeProducts(new SourceOutputs(graph, changes), level, prompts, ofEachPrompt, kept);
        backward.run(loss);
        return products.found();
    }

    @Override
    public double[][] productsOfEach(int prompts) {
        return Objects.requireNonNull(products).foundOfEach();
    }

    private void wrote(SourceNode.Kind kind, int block, NDArray output) {
        if (sources != null) {
            sources.put(kind, block, output.stopGradient().expandDims(0));
        }
        written.add(new Written(kind, block));
    }

    private NDArray cut(NDArray residual) {
        NDArray begin = backward.cut(residual);
        multiply(begin);
        return begin;
    }

    /** Multiplies what was written with the gradient here, when the backward pass has come so far. */
    private void multiply(NDArray residual) {
        List<Written> sinceLastCut = List.copyOf(written);
        written.clear();
        backward.add(() -> {
            NDArray gradient = residual.getGradient();
            sinceLastCut.forEach(each -> Objects.requireNonNull(products).add(each.kind(), each.block(), gradient));
        });
    }

    @Override
    public void close() {
        kept.close();
    }
}
