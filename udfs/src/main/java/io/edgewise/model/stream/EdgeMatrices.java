package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.PromptMasks;
import io.edgewise.model.torch.InPlace;
import io.edgewise.model.torch.KeptArrays;
import java.util.ArrayList;
import java.util.List;

/**
 * The matrices of the masks of one pass, and what they are multiplied with: forward with the sources' changes, backward with the gradients at
 * the destinations' inputs.
 *
 * <p>Destination d reads {@code residual + sum_s mask[d, s] * (patch_s - current_s)}. So with the gradient g_d at its input, the gradient of a
 * mask is {@code <g_d, patch_s - current_s>}, and what a source wrote gets {@code -mask[d, s] * g_d} besides what the residual gets.
 */
final class EdgeMatrices {
    private final ModelGraph graph;
    private final PromptMasks masks;
    private final EdgeLayout layout;
    private final SourceOutputs changes;
    private final NDArray ofSources;
    private final KeptArrays kept;
    private final List<Found> found = new ArrayList<>();

    /**
     * The gradients of the masks of some modules' edges.
     *
     * @param products {@code [prompt?, seq?, destination, source]}
     */
    private record Found(List<DestinationModule> modules, NDArray products) {}

    /**
     * @param changes {@code patch - current} of every source, filled in as sources write
     * @param kept holds the gradients, and frees them
     */
    EdgeMatrices(PromptMasks masks, SourceOutputs changes, KeptArrays kept) {
        this.graph = changes.graph();
        this.masks = masks;
        this.layout = EdgeLayout.of(graph);
        this.changes = changes;
        this.kept = kept;
        Shape shape = changes.array().getShape();
        this.ofSources = kept.keep(changes.array().getManager().zeros(shape, DataType.FLOAT32));
    }

    /**
     * What destinations read.
     *
     * @param modules that read the same sources
     * @param residual {@code [batch, seq, d_model]}
     * @return {@code [destination, batch, seq, d_model]}, module by module
     */
    NDArray inputs(List<DestinationModule> modules, NDArray residual) {
        NDArray read = changes.of(modules.get(0));
        NDArray rows = rows(modules, 1);
        Shape shape = residual.getShape();
        if (layout == EdgeLayout.BY_POSITION) {
            NDArray change = masks.areShared()
                    ? layout.unflat(rows.matMul(layout.flat(read)), shape)
                    : layout.unflatEachPrompt(rows.matMul(layout.eachPrompt(read)), shape);
            return change.add(residual);
        }
        NDManager manager = residual.getManager();
        int destinations = destinations(modules);
        if (masks.areShared()) {
            NDArray into = manager.create(new Shape(destinations).addAll(shape));
            InPlace.addedProduct(residual.reshape(1, -1), rows, layout.flat(read), into.reshape(destinations, -1));
            return into;
        }
        long width = shape.size() / shape.get(0);
        NDArray into = manager.create(new Shape(shape.get(0), destinations, width));
        InPlace.addedProducts(residual.reshape(shape.get(0), 1, width), rows, layout.eachPrompt(read), into);
        return layout.unflatEachPrompt(into, shape);
    }

    /**
     * Takes the gradients at destinations' inputs.
     *
     * @param modules that read the same sources
     * @param gradients {@code [destination, batch, seq, d_model]}, module by module
     */
    void backward(List<DestinationModule> modules, NDArray gradients) {
        NDArray read = changes.of(modules.get(0));
        found.add(new Found(
                modules,
                kept.keep(
                        masks.areShared()
                                ? layout.product(gradients, read)
                                : layout.productOfEachPrompt(gradients, read))));
        NDArray into = new SourceOutputs(graph, ofSources).of(modules.get(0));
        NDArray columns = rows(modules, -1).swapAxes(-1, -2);
        if (layout == EdgeLayout.SHARED) {
            NDArray flat = masks.areShared() ? layout.flat(into) : layout.eachPrompt(into);
            if (masks.areShared()) {
                InPlace.addedProduct(flat, columns, layout.flat(gradients), flat);
            } else {
                InPlace.addedProducts(flat, columns, layout.eachPrompt(gradients), flat);
            }
            return;
        }
        Shape shape = gradients.getShape().slice(1);
        InPlace.add(
                masks.areShared()
                        ? layout.unflat(columns.matMul(layout.flat(gradients)), shape)
                        : layout.unflatEachPrompt(columns.matMul(layout.eachPrompt(gradients)), shape),
                into);
    }

    /** What sources' outputs get of the destinations so far through masks, {@code [source, batch, seq, d_model]}; may be changed in place. */
    SourceOutputs ofSources() {
        return new SourceOutputs(graph, ofSources);
    }

    /** The gradients of all masks: for all prompts together, or for each, one number per edge in canonical order. */
    double[][] found() {
        double[][] all = new double[masks.ofEach().size()][graph.edgeCount()];
        for (Found some : found) {
            float[] values = some.products().toFloatArray();
            int next = 0;
            for (double[] ofOne : all) {
                for (int position = 0; position < graph.positions(); position++) {
                    for (DestinationModule module : some.modules()) {
                        int to = position * graph.edgesPerPosition() + module.offset();
                        for (int edge = 0; edge < module.edges(); edge++) {
                            ofOne[to + edge] = values[next++];
                        }
                    }
                }
            }
        }
        return all;
    }

    /** {@code [prompt?, seq?, destination, source]}, in PyTorch's own memory: the alignment of a Java buffer may change the last bit of a product. */
    private NDArray rows(List<DestinationModule> modules, float factor) {
        float[] values = masks.rows(modules);
        for (int i = 0; factor != 1 && i < values.length; i++) {
            values[i] *= factor;
        }
        Shape shape = new Shape(destinations(modules), modules.get(0).sources());
        if (layout == EdgeLayout.BY_POSITION) {
            shape = new Shape(graph.positions()).addAll(shape);
        }
        if (!masks.areShared()) {
            shape = new Shape(masks.ofEach().size()).addAll(shape);
        }
        return ofSources.getManager().create(values, shape).duplicate();
    }

    private static int destinations(List<DestinationModule> modules) {
        return modules.stream().mapToInt(DestinationModule::destinations).sum();
    }
}
