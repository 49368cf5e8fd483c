package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.DestinationModule.Kind;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A forward pass with every edge at the same mask value m, recorded for differentiation, that gives the gradient of every
 * edge's mask.
 *
 * <p>With one mask value every destination of a layer reads the same: {@code residual + m * sum(patch - current)} over
 * the earlier sources. So no destination needs an input of its own, and as the current outputs add up to the residual, but
 * for constants, the gradient through this input is {@code 1 - m} times that of the residual. Taps, zeros added after the
 * query, key and value projections and to the other inputs, collect the gradients; those of the heads' inputs follow from
 * the taps in closed form. The gradient of the mask of edge s to d is then {@code <dL/d(input of d), patch_s -
 * current_s>}: one matrix product a layer.
 */
final class UniformStream implements ResidualStream, AutoCloseable {
    private final ModelGraph graph;
    private final NDArray patch;
    private final double mask;
    private final KeptArrays kept = new KeptArrays();
    private final List<Tap> taps = new ArrayList<>();
    private @Nullable SourceOutputs differences;
    private @Nullable NDArray differenceSum;

    /**
     * Where the gradient of neighbouring destination modules is collected.
     *
     * @param array zeros, whose gradient is taken
     * @param heads what lies between the destinations and the tap; null where nothing does
     * @param input what the heads read
     */
    private record Tap(List<DestinationModule> modules, NDArray array, @Nullable Heads heads, @Nullable NDArray input) {

        /** The gradients at the destinations' inputs, a row a destination. */
        HeadGradients gradients() {
            NDArray gradient = array.getGradient();
            if (heads == null) {
                return new HeadGradients(gradient.expandDims(0), null);
            }
            // A head's one input is read by its query, key and value: three rows for one destination.
            return heads.pullBack(Objects.requireNonNull(input), gradient)
                    .summedTo(modules.stream()
                            .mapToInt(DestinationModule::destinations)
                            .sum());
        }
    }

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
        EdgeLayout.check(graph, embedding);
        differences = SourceOutputs.like(graph, embedding);
        startFrom(SourceNode.Kind.START, 0, embedding);
    }

    @Override
    public NDArray mix(int block, Heads heads, NDArray residual) {
        List<DestinationModule> modules = Stream.of(Kind.QUERY, Kind.KEY, Kind.VALUE, Kind.ATTENTION)
                .map(kind -> graph.module(kind, block))
                .filter(Objects::nonNull)
                .toList();
        if (modules.isEmpty()) {
            return heads.mix(Heads.Input.shared(residual));
        }
        NDArray input = patched(residual);
        int keyValueInputs = modules.get(modules.size() - 1).destinations();
        NDArray projected = heads.project(input, keyValueInputs);
        NDArray tap = tap(projected, modules, heads, kept.keep(input.stopGradient()));
        return heads.mix(projected.add(tap));
    }

    @Override
    public void headsWrote(int block, Heads heads, NDArray mixed) {
        NDArray difference = difference(SourceNode.Kind.HEAD, block, heads.writePerHead(mixed.stopGradient()));
        addDifference(difference.sum(new int[] {0}));
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
        addDifference(
                difference(SourceNode.Kind.MLP, block, output.stopGradient().expandDims(0))
                        .squeeze(0));
    }

    @Override
    public NDArray post(int block, NDArray residual) {
        return stage(Kind.RESIDUAL_POST, SourceNode.Kind.RESIDUAL_POST, block, residual);
    }

    @Override
    public NDArray endInput(int block, NDArray residual) {
        return read(Kind.RESIDUAL_END, block, residual);
    }

    /**
     * The gradient of every edge's mask, after the backward pass.
     *
     * @return one number an edge, in canonical order
     */
    double[] maskGradients() {
        double[] gradients = new double[graph.edgeCount()];
        for (Tap tap : taps) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                project(tap, gradients);
            }
        }
        return gradients;
    }

    /** Fills in the edges of a tap's destinations, which are neighbours in edge order. */
    private void project(Tap tap, double[] found) {
        DestinationModule first = tap.modules().get(0);
        HeadGradients gradients = tap.gradients();
        NDArray changes = Objects.requireNonNull(differences).of(first);
        NDArray products = EdgeLayout.of(graph).product(gradients.rows(), changes);
        NDArray directions = gradients.directions();
        if (directions != null) {
            NDArray along = EdgeLayout.of(graph)
                    .product(
                            HeadGradients.along(directions, gradients.rows()),
                            HeadGradients.along(directions, changes));
            products = products.sub(along.div(directions.getShape().get(1)));
        }
        float[] edges = products.toFloatArray();
        int atPosition = edges.length / graph.positions();
        for (int i = 0; i < edges.length; i++) {
            found[i / atPosition * graph.edgesPerPosition() + first.offset() + i % atPosition] = edges[i];
        }
    }

    /** A stage of the stream that the graph may have as a destination and as a source: what goes on is what it reads. */
    private NDArray stage(Kind kind, SourceNode.Kind source, int block, NDArray residual) {
        if (graph.module(kind, block) == null) {
            return residual;
        }
        NDArray read = read(kind, block, residual);
        startFrom(source, block, read.stopGradient());
        return read;
    }

    /** What a destination other than a head reads. */
    private NDArray read(Kind kind, int block, NDArray residual) {
        DestinationModule module = graph.module(kind, block);
        return module == null ? residual : patched(residual).add(tap(residual, List.of(module), null, null));
    }

    /** What every destination of a layer reads; a number of value zero carries the gradient's share. */
    private NDArray patched(NDArray residual) {
        if (mask == 0) {
            return residual;
        }
        NDArray zero = residual.sub(residual.stopGradient());
        return residual.add(Scale.by(mask, Objects.requireNonNull(differenceSum)))
                .sub(Scale.by(mask, zero));
    }

    /** Destinations from here on read this source and later ones alone, as do all from the start. */
    private void startFrom(SourceNode.Kind kind, int block, NDArray output) {
        differenceSum = kept.keep(difference(kind, block, output.expandDims(0)).squeeze(0));
    }

    /** How a source's ablation differs from its output, {@code [n, batch, seq, d_model]}. */
    private NDArray difference(SourceNode.Kind kind, int block, NDArray outputs) {
        NDArray difference = SourceOutputs.of(graph, kind, block, patch).sub(outputs);
        Objects.requireNonNull(differences).put(kind, block, difference);
        return difference;
    }

    private void addDifference(NDArray difference) {
        differenceSum = kept.keep(Objects.requireNonNull(differenceSum).add(difference));
    }

    private NDArray tap(NDArray like, List<DestinationModule> modules, @Nullable Heads heads, @Nullable NDArray input) {
        NDArray array = kept.keep(like.getManager().zeros(like.getShape(), DataType.FLOAT32));
        array.setRequiresGradient(true);
        taps.add(new Tap(modules, array, heads, input));
        return array;
    }

    @Override
    public void close() {
        kept.close();
    }
}
