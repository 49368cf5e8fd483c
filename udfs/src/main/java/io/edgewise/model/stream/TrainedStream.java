package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.DestinationModule.Kind;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.PromptMasks;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.layer.Heads;
import io.edgewise.model.layer.ResidualStream;
import io.edgewise.model.torch.Autograd;
import io.edgewise.model.torch.BackwardSteps;
import io.edgewise.model.torch.InPlace;
import io.edgewise.model.torch.KeptArrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A forward pass with a mask of its own on every edge, and the gradient of every mask.
 *
 * <p>Every destination reads an input of its own ({@link EdgeMatrices}), so nothing is recorded from block to block. PyTorch records an MLP from
 * its input to its output, and the end from its input to the loss. The gradients of the residual stream and of what the sources wrote are added
 * up by hand, from the end to the beginning. What heads read and wrote is not kept: the backward pass computes a block's heads once more.
 */
public final class TrainedStream implements ResidualStream, AutoCloseable {
    private final ModelGraph graph;
    private final NDArray patch;
    private final PromptMasks masks;
    private final KeptArrays kept = new KeptArrays();
    private final BackwardSteps backward = new BackwardSteps(kept);
    private @Nullable SourceOutputs changes;
    private @Nullable EdgeMatrices matrices;
    /** The gradient of the residual stream, at the place where the backward pass is. */
    private @Nullable NDArray gradient;
    /** The gradient of what the heads of the block wrote, {@code [head, batch, seq, d_model]}. */
    private @Nullable NDArray ofHeads;

    /**
     * @param patch ablation activations {@code [source, batch, seq, d_model]}
     */
    public TrainedStream(ModelGraph graph, NDArray patch, PromptMasks masks) {
        this.graph = graph;
        this.patch = patch;
        this.masks = masks;
    }

    @Override
    public NDArray start(NDArray embedding) {
        EdgeLayout.check(graph, embedding);
        changes = SourceOutputs.like(graph, embedding);
        matrices = new EdgeMatrices(masks, changes, kept);
        wrote(SourceNode.Kind.START, 0, embedding.expandDims(0));
        return embedding;
    }

    @Override
    public NDArray mix(int block, Heads heads, NDArray residual) {
        List<DestinationModule> modules = Stream.of(Kind.QUERY, Kind.KEY, Kind.VALUE, Kind.ATTENTION)
                .map(kind -> graph.module(kind, block))
                .filter(Objects::nonNull)
                .toList();
        NDArray plain = kept.keep(residual.stopGradient());
        backward.add(() -> mixBackward(heads, plain, modules));
        return heads.mix(input(plain, modules, inputs(modules, plain)));
    }

    /** What heads read, {@code [destination, batch, seq, d_model]}; where they are no destinations, the residual alone. */
    private NDArray inputs(List<DestinationModule> modules, NDArray residual) {
        return modules.isEmpty() ? residual.duplicate() : matrices().inputs(modules, residual);
    }

    private static Heads.Input input(NDArray residual, List<DestinationModule> modules, NDArray inputs) {
        if (modules.isEmpty()) {
            return Heads.Input.shared(inputs);
        }
        if (modules.size() == 1) {
            return new Heads.Input(residual, inputs, inputs, inputs);
        }
        long queries = modules.get(0).destinations();
        NDList parts =
                inputs.split(new long[] {queries, queries + modules.get(1).destinations()}, 0);
        return new Heads.Input(residual, parts.get(0), parts.get(1), parts.get(2));
    }

    private void mixBackward(Heads heads, NDArray residual, List<DestinationModule> modules) {
        NDArray inputs = inputs(modules, residual);
        inputs.setRequiresGradient(true);
        try (Autograd recording = Autograd.recording()) {
            NDArray written = heads.writePerHead(heads.mix(input(residual, modules, inputs)));
            Autograd.backward(written, Objects.requireNonNull(ofHeads));
        }
        NDArray found = inputs.getGradient();
        if (modules.isEmpty()) {
            InPlace.add(found, gradient());
        } else {
            matrices().backward(modules, found);
            InPlace.add(found.sum(new int[] {0}), gradient());
        }
    }

    @Override
    public void headsWrote(int block, Heads heads, NDArray mixed) {
        NDArray written = heads.writePerHead(mixed);
        wrote(SourceNode.Kind.HEAD, block, written);
        long count = written.getShape().get(0);
        backward.add(() -> ofHeads = kept.keep(ofWritten(SourceNode.Kind.HEAD, block, count)));
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
        wrote(SourceNode.Kind.MLP, block, output.stopGradient().expandDims(0));
        kept.keep(output);
        backward.add(() -> {
            Autograd.backward(output, ofWritten(SourceNode.Kind.MLP, block, 1).squeeze(0));
            output.close();
        });
    }

    @Override
    public NDArray post(int block, NDArray residual) {
        return stage(Kind.RESIDUAL_POST, SourceNode.Kind.RESIDUAL_POST, block, residual.stopGradient());
    }

    @Override
    public NDArray endInput(int block, NDArray residual) {
        NDArray zeros = residual.getManager().zeros(residual.getShape(), residual.getDataType());
        gradient = kept.keep(zeros);
        return read(Kind.RESIDUAL_END, block, residual);
    }

    /**
     * The gradient of every mask: the backward pass.
     *
     * @param loss a single number, computed from the results of the forward pass
     * @return for all prompts together, or for each, one number per edge in canonical order
     */
    public double[][] maskGradients(NDArray loss) {
        backward.run(loss);
        return matrices().found();
    }

    /** A stage of the stream, which may be a destination and a source of the graph. The stream goes on with what the stage reads. */
    private NDArray stage(Kind kind, SourceNode.Kind source, int block, NDArray residual) {
        DestinationModule module = graph.module(kind, block);
        if (module == null) {
            return residual;
        }
        NDArray read = matrices().inputs(List.of(module), residual.stopGradient());
        wrote(source, block, read);
        backward.add(() -> {
            NDArray found = ofWritten(source, block, 1);
            InPlace.copy(found.squeeze(0), gradient());
            matrices().backward(List.of(module), found);
        });
        return read.squeeze(0);
    }

    /** What a destination other than a head reads, where PyTorch begins to record. */
    private NDArray read(Kind kind, int block, NDArray residual) {
        DestinationModule module = graph.module(kind, block);
        NDArray plain = residual.stopGradient();
        NDArray read = kept.keep(
                module == null
                        ? plain
                        : matrices().inputs(List.of(module), plain).squeeze(0));
        read.setRequiresGradient(true);
        backward.add(() -> {
            NDArray found = read.getGradient();
            if (module != null) {
                matrices().backward(List.of(module), found.expandDims(0));
            }
            InPlace.add(found, gradient());
        });
        return read;
    }

    private void wrote(SourceNode.Kind kind, int block, NDArray outputs) {
        if (SourceOutputs.has(graph, kind, block)) {
            SourceOutputs all = Objects.requireNonNull(changes);
            InPlace.difference(SourceOutputs.of(graph, kind, block, patch), outputs, all.of(kind, block));
        }
    }

    /** The gradient of what was written in one place: what the residual stream has, and what it has through masks. */
    private NDArray ofWritten(SourceNode.Kind kind, int block, long count) {
        if (!SourceOutputs.has(graph, kind, block)) {
            return gradient().expandDims(0).repeat(0, count);
        }
        NDArray through = matrices().ofSources().of(kind, block);
        InPlace.add(gradient(), through);
        return through;
    }

    private EdgeMatrices matrices() {
        return Objects.requireNonNull(matrices, "The run begins with the embedding");
    }

    private NDArray gradient() {
        return Objects.requireNonNull(gradient, "The run ends before the backward pass");
    }

    @Override
    public void close() {
        kept.close();
    }
}
