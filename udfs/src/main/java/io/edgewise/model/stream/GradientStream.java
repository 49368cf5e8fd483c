package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.DestinationModule.Kind;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.layer.Heads;
import io.edgewise.model.layer.LastPosition;
import io.edgewise.model.layer.Tap;
import io.edgewise.model.torch.KeptArrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The products of edges: for an edge s to d {@code <dL/d(input of d), change of s>}, collected by {@link GradientTaps}.
 */
final class GradientStream implements ProductStream {
    private final ModelGraph graph;
    private final MovedStage moved;
    private final boolean records;
    private final boolean followsPatterns;
    private final KeptArrays kept = new KeptArrays();
    private final GradientTaps taps;
    private @Nullable SourceOutputs written;
    private @Nullable EdgeProducts products;
    private @Nullable PatternChanges patterns;

    GradientStream(ModelGraph graph, MovedStage moved, boolean records, boolean followsPatterns) {
        this.graph = graph;
        this.moved = moved;
        this.records = records;
        this.followsPatterns = followsPatterns;
        this.taps = new GradientTaps(graph, kept);
    }

    @Override
    public NDArray sources() {
        return Objects.requireNonNull(written, "Sources are recorded").array();
    }

    @Override
    public boolean endsAtOutput() {
        return true;
    }

    @Override
    public NDArray start(NDArray embedding) {
        EdgeLayout.check(graph, embedding);
        NDArray begin = moved.start(embedding);
        if (records) {
            written = SourceOutputs.like(graph, begin);
            written.put(SourceNode.Kind.START, 0, begin.expandDims(0));
        }
        return begin;
    }

    @Override
    public NDArray mix(int block, Heads heads, NDArray residual) {
        List<DestinationModule> modules = taps.heads(block);
        if (modules.isEmpty()) {
            return heads.mix(Heads.Input.shared(residual));
        }
        Tap tap = taps.atHeads(modules, heads, residual, input -> input, sum -> sum);
        NDArray mixed = heads.mix(tap.array());
        if (!followsPatterns) {
            return mixed;
        }
        NDArray zeros = taps.zeros(mixed);
        taps.then(() -> Objects.requireNonNull(patterns).add(tap, zeros.getGradient()));
        return mixed.add(zeros);
    }

    @Override
    public void headsWrote(int block, Heads heads, NDArray mixed) {
        if (written != null) {
            LastPosition.write(
                    mixed,
                    written.of(SourceNode.Kind.HEAD, block),
                    into -> heads.writePerHead(mixed.stopGradient(), into));
        }
    }

    @Override
    public NDArray middle(int block, NDArray residual) {
        return stage(Kind.RESIDUAL_MID, SourceNode.Kind.RESIDUAL_MID, block, residual);
    }

    @Override
    public NDArray mlpInput(int block, NDArray residual) {
        return read(Kind.MLP, block, residual);
    }

    @Override
    public void mlpWrote(int block, NDArray output) {
        record(SourceNode.Kind.MLP, block, output);
    }

    @Override
    public NDArray post(int block, NDArray residual) {
        return taps.cut(stage(Kind.RESIDUAL_POST, SourceNode.Kind.RESIDUAL_POST, block, residual));
    }

    @Override
    public NDArray endInput(int block, NDArray residual) {
        return read(Kind.RESIDUAL_END, block, residual);
    }

    /** A stage of the stream, which may be a destination and a source of the graph. */
    private NDArray stage(Kind kind, SourceNode.Kind source, int block, NDArray residual) {
        NDArray read = read(kind, block, residual);
        record(source, block, read);
        return read;
    }

    /** What a destination other than a head reads. */
    private NDArray read(Kind kind, int block, NDArray residual) {
        DestinationModule module = graph.module(kind, block);
        return module == null ? residual : residual.add(taps.at(module, residual));
    }

    private void record(SourceNode.Kind kind, int block, NDArray output) {
        if (written != null && SourceOutputs.has(graph, kind, block)) {
            written.put(kind, block, output.stopGradient().expandDims(0));
        }
    }

    @Override
    public double[] products(NDArray loss, NDArray changes, boolean ofEachPrompt) {
        SourceOutputs all = new SourceOutputs(graph, changes);
        boolean areShared = changes.getShape().get(1) == moved.prompts();
        int runs = areShared ? moved.runs() : 1;
        products = new EdgeProducts(all, runs, ofEachPrompt, kept);
        patterns = new PatternChanges(all, kept);
        taps.run(loss, products);
        double[] found = products.found();
        patterns.replace(found);
        return found;
    }

    @Override
    public double[][] productsOfEach(int prompts) {
        double[][] found = Objects.requireNonNull(products).foundOfEach(prompts);
        Objects.requireNonNull(patterns).replaceEach(found);
        return found;
    }

    @Override
    public void close() {
        kept.close();
    }
}
