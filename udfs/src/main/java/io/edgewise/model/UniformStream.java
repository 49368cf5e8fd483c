package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.DestinationModule.Kind;
import io.edgewise.graph.ModelGraph;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A forward pass with every edge at the same mask value m, recorded for differentiation, that gives the gradient of every
 * edge's mask.
 *
 * <p>With one mask value every destination of a layer reads the same: {@code residual + m * sum(patch - current)} over
 * the earlier sources. So no destination needs an input of its own, and as the current outputs add up to the residual, but
 * for constants, the gradient through this input is {@code 1 - m} times that of the residual. Taps, zeros added after the
 * query, key and value projections and to the inputs of the MLPs and the end, collect the gradients; those of the heads'
 * inputs follow from the taps in closed form. The gradient of the mask of edge s to d is then {@code <dL/d(input of d),
 * patch_s - current_s>}: one matrix product a layer.
 */
final class UniformStream implements ResidualStream, AutoCloseable {
    private final ModelGraph graph;
    private final NDArray patch;
    private final double mask;
    private final KeptArrays kept = new KeptArrays();
    private final List<NDArray> attentionTaps = new ArrayList<>();
    private final List<NDArray> attentionInputs = new ArrayList<>();
    private final List<NDArray> mlpTaps = new ArrayList<>();
    private @Nullable NDArray endTap;
    private @Nullable SourceOutputs differences;
    private @Nullable NDArray differenceSum;

    /**
     * @param patch ablation activations {@code [source, batch, seq, d_model]}
     */
    UniformStream(ModelGraph graph, NDArray patch, double mask) {
        this.graph = graph;
        this.patch = patch;
        this.mask = mask;
    }

    @Override
    public void start(NDArray embedding) {
        differenceSum = patch.get(0).sub(embedding);
        differences = SourceOutputs.like(graph, embedding);
        differences.start(differenceSum);
    }

    @Override
    public NDArray mix(int block, Attention attention, NDArray residual) {
        NDArray input = read(residual);
        attentionInputs.add(kept.keep(input.stopGradient()));
        NDArray projected = attention.project(input);
        NDArray tap = tap(projected.getShape(), residual);
        attentionTaps.add(tap);
        return attention.mix(projected.add(tap));
    }

    @Override
    public void headsWrote(int block, Attention attention, NDArray mixed) {
        int first = graph.firstHeadSource(block);
        NDArray ablated = patch.get("{}:{}", first, first + graph.heads());
        NDArray difference = ablated.sub(attention.writePerHead(mixed.stopGradient()));
        required(differences).heads(block, difference);
        addDifference(difference.sum(new int[] {0}));
    }

    @Override
    public NDArray mlpInput(int block, NDArray residual) {
        NDArray tap = tap(residual.getShape(), residual);
        mlpTaps.add(tap);
        return read(residual).add(tap);
    }

    @Override
    public void mlpWrote(int block, NDArray output) {
        NDArray difference = patch.get(graph.mlpSource(block)).sub(output.stopGradient());
        required(differences).mlp(block, difference);
        addDifference(difference);
    }

    @Override
    public NDArray endInput(NDArray residual) {
        endTap = tap(residual.getShape(), residual);
        return read(residual).add(endTap);
    }

    /**
     * The gradient of every edge's mask, after the backward pass.
     *
     * @param attentions the attention of each block
     * @return one number an edge, in canonical order
     */
    double[] maskGradients(List<Attention> attentions) {
        double[] gradients = new double[graph.edgeCount()];
        SourceOutputs sources = required(differences);
        for (int block = 0; block < graph.blocks(); block++) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray atProjections = attentionTaps.get(block).getGradient();
                NDArray atHeads = attentions.get(block).pullBack(attentionInputs.get(block), atProjections);
                project(graph.module(Kind.QUERY, block), atHeads, sources, gradients);
                project(graph.module(Kind.MLP, block), mlpTaps.get(block).getGradient(), sources, gradients);
            }
        }
        DestinationModule end = graph.module(Kind.RESIDUAL_END, graph.blocks() - 1);
        project(end, required(endTap).getGradient(), sources, gradients);
        return gradients;
    }

    /** Fills in the edges of all destinations whose input gradients are given, which are neighbours in edge order. */
    private static void project(
            DestinationModule first, NDArray inputGradients, SourceOutputs differences, double[] gradients) {
        NDArray columns = differences.rows(first.sources());
        NDArray rows = inputGradients.reshape(-1, columns.getShape().get(1));
        float[] products = rows.matMul(columns.transpose()).toFloatArray();
        for (int i = 0; i < products.length; i++) {
            gradients[first.offset() + i] = products[i];
        }
    }

    /** What every destination of a layer reads; a number of value zero carries the gradient's share. */
    private NDArray read(NDArray residual) {
        if (mask == 0) {
            return residual;
        }
        NDArray zero = residual.sub(residual.stopGradient());
        return residual.add(Scale.by(mask, required(differenceSum))).sub(Scale.by(mask, zero));
    }

    private void addDifference(NDArray difference) {
        differenceSum = kept.keep(required(differenceSum).add(difference));
    }

    private NDArray tap(Shape shape, NDArray like) {
        NDArray tap = kept.keep(like.getManager().zeros(shape, DataType.FLOAT32));
        tap.setRequiresGradient(true);
        return tap;
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("The run begins with the embedding and ends with the end of the stream");
        }
        return value;
    }

    @Override
    public void close() {
        kept.close();
    }
}
