package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
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
        NDArray change = masks.areShared()
                ? layout.unflat(rows.matMul(layout.flat(read)), residual.getShape())
                : layout.unflatEachPrompt(rows.matMul(layout.eachPrompt(read)), residual.getShape());
        InPlace.add(residual, change);
        return change;
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
        if (masks.areShared() && layout == EdgeLayout.SHARED) {
            NDArray flat = layout.flat(into);
            InPlace.addedProduct(flat, columns, layout.flat(gradients), flat);
        } else if (masks.areShared()) {
            InPlace.add(
                    layout.unflat(
                            columns.matMul(layout.flat(gradients)),
                            gradients.getShape().slice(1)),
                    into);
        } else {
            NDArray product = columns.matMul(layout.eachPrompt(gradients));
            InPlace.add(layout.unflatEachPrompt(product, gradients.getShape().slice(1)), into);
        }
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
        int destinations =
                modules.stream().mapToInt(DestinationModule::destinations).sum();
        Shape shape = new Shape(destinations, modules.get(0).sources());
        if (layout == EdgeLayout.BY_POSITION) {
            shape = new Shape(graph.positions()).addAll(shape);
        }
        if (!masks.areShared()) {
            shape = new Shape(masks.ofEach().size()).addAll(shape);
        }
        return ofSources.getManager().create(values, shape).duplicate();
    }
}
