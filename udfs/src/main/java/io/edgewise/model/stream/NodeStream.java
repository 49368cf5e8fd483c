package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import io.edgewise.graph.Level;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.layer.Heads;
import io.edgewise.model.layer.ResidualStream;
import io.edgewise.model.torch.BackwardSteps;
import io.edgewise.model.torch.InPlace;
import io.edgewise.model.torch.KeptArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A forward pass of the model as it is, recorded for differentiation, that gives the scores of nodes and neurons ({@link NodeProducts}). The
 * graph of gradients is cut where sources have written: between attention and MLP, between blocks, and before the end. The gradient at a cut
 * is that of all that was written since the cut before it. In a parallel block, heads and MLP share a cut. The graph must be factorized, and
 * its edges shared by all positions.
 */
public final class NodeStream implements ResidualStream, AutoCloseable {
    private final ModelGraph graph;
    private final NDArray patch;
    private final KeptArrays kept = new KeptArrays();
    private final BackwardSteps backward = new BackwardSteps(kept);
    private final NodeProducts products;
    private final List<Written> written = new ArrayList<>();
    private @Nullable SourceOutputs changes;

    /** What was written since the last cut. */
    private record Written(SourceNode.Kind kind, int block) {}

    /**
     * @param patch ablation activations {@code [source, batch, seq, d_model]}
     * @param level nodes or neurons
     * @param ofEachPrompt whether the scores of each prompt will be asked for
     */
    public NodeStream(ModelGraph graph, NDArray patch, Level level, boolean ofEachPrompt) {
        level.check(graph.spec());
        this.graph = graph;
        this.patch = patch;
        this.products = new NodeProducts(graph, level, ofEachPrompt, kept);
    }

    @Override
    public NDArray start(NDArray embedding) {
        changes = SourceOutputs.like(graph, embedding);
        change(SourceNode.Kind.START, 0, embedding.stopGradient().expandDims(0));
        NDArray begin = kept.keep(embedding.stopGradient());
        begin.setRequiresGradient(true);
        multiply(begin);
        return begin;
    }

    @Override
    public void headsWrote(int block, Heads heads, NDArray mixed) {
        NDArray outputs = changes().of(SourceNode.Kind.HEAD, block);
        heads.writePerHead(mixed.stopGradient(), outputs);
        change(SourceNode.Kind.HEAD, block, outputs);
    }

    @Override
    public NDArray middle(int block, NDArray residual) {
        return cut(residual);
    }

    @Override
    public void mlpWrote(int block, NDArray output) {
        change(SourceNode.Kind.MLP, block, output.stopGradient().expandDims(0));
    }

    @Override
    public NDArray post(int block, NDArray residual) {
        return cut(residual);
    }

    @Override
    public NDArray endInput(int block, NDArray residual) {
        return cut(residual);
    }

    /**
     * The backward pass.
     *
     * @param loss a single number, computed from the results of the forward pass
     * @return one number per node or neuron, row-major {@code [source, width]}
     */
    public double[] gradients(NDArray loss) {
        backward.run(loss);
        return products.found();
    }

    /** What each prompt adds, after the backward pass, {@code [prompt][source, width]}. */
    public double[][] gradientsOfEach() {
        return products.foundOfEach();
    }

    private void change(SourceNode.Kind kind, int block, NDArray outputs) {
        InPlace.difference(
                SourceOutputs.of(graph, kind, block, patch), outputs, changes().of(kind, block));
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
            sinceLastCut.forEach(
                    each -> products.add(each.kind(), each.block(), changes().of(each.kind(), each.block()), gradient));
        });
    }

    private SourceOutputs changes() {
        return Objects.requireNonNull(changes, "The run begins with the embedding");
    }

    @Override
    public void close() {
        kept.close();
    }
}
