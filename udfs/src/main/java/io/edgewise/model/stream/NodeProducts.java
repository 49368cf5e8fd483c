package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.Level;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.torch.InPlace;
import io.edgewise.model.torch.KeptArrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Products of changes of what sources write with the gradient of the residual stream behind them: the score of node s is
 * {@code <dL/dC_s, P_s - C_s>}, summed over prompts, positions and dimensions, and that of its neurons is the same without the sum over
 * dimensions. Everything later reads what a source adds to the stream, so {@code dL/dC_s} is the stream's gradient at the place where the
 * source has written, and the score of a node is the sum of the scores of its edges at mask 0.
 *
 * <p>Products of several runs on the same prompts add up. The sums stay on the device until all are asked for.
 */
final class NodeProducts {
    private final SourceOutputs changes;
    private final Level level;
    private final int prompts;
    private final boolean ofEachPrompt;
    private final KeptArrays kept;
    /** {@code [source, width]}, in double precision. */
    private @Nullable NDArray sums;
    /** {@code [source, prompt, width]}. */
    private @Nullable NDArray sumsOfEach;

    /**
     * @param changes of the sources, {@code [source, batch, seq, d_model]}, the same in all runs, or {@code [source, run batch, seq, d_model]}
     * @param level nodes or neurons
     * @param prompts of the batch
     * @param ofEachPrompt whether the products of each prompt will be asked for
     * @param kept holds the sums, and frees them
     */
    NodeProducts(SourceOutputs changes, Level level, int prompts, boolean ofEachPrompt, KeptArrays kept) {
        this.changes = changes;
        this.level = level;
        this.prompts = prompts;
        this.ofEachPrompt = ofEachPrompt;
        this.kept = kept;
    }

    /**
     * Adds the sources of a kind in a block.
     *
     * @param gradient of the residual stream behind these sources, {@code [run batch, seq, d_model]}
     */
    void add(SourceNode.Kind kind, int block, NDArray gradient) {
        NDArray some = changes.of(kind, block);
        boolean isShared = some.getShape().get(1) == prompts;
        NDArray factor = isShared ? sumOverRuns(gradient) : gradient;
        if (sums == null) {
            open(factor);
        }
        int first = changes.graph().sources(kind, block).get(0).index();
        for (int row = 0; row < some.getShape().get(0); row++) {
            int place = row;
            KeptArrays.none(() -> add(first + place, sumOverRuns(some.get(place).mul(factor))));
        }
    }

    /** {@code [run batch, seq, d_model]} as {@code [batch, seq, d_model]}. */
    private NDArray sumOverRuns(NDArray ofRuns) {
        Shape shape = ofRuns.getShape();
        return shape.get(0) == prompts
                ? ofRuns
                : ofRuns.reshape(-1, prompts, shape.get(1), shape.get(2)).sum(new int[] {0});
    }

    private void open(NDArray gradient) {
        Shape residual = gradient.getShape();
        long sources = changes.graph().sources().size();
        long width = level.width(Math.toIntExact(residual.get(2)));
        sums = kept.keep(gradient.getManager().zeros(new Shape(sources, width), DataType.FLOAT64));
        if (ofEachPrompt) {
            sumsOfEach = kept.keep(gradient.getManager().zeros(new Shape(sources, prompts, width), DataType.FLOAT32));
        }
    }

    /** @param products {@code [batch, seq, d_model]} */
    private void add(int source, NDArray products) {
        NDArray ofEach = level == Level.NEURON
                ? products.sum(new int[] {1})
                : products.sum(new int[] {1, 2}).expandDims(1);
        InPlace.add(
                ofEach.toType(DataType.FLOAT64, true).sum(new int[] {0}, true),
                Objects.requireNonNull(sums).get("{}:{}", source, source + 1));
        if (sumsOfEach != null) {
            InPlace.add(ofEach.expandDims(0), sumsOfEach.get("{}:{}", source, source + 1));
        }
    }

    /** One number per node or neuron, row-major {@code [source, width]}. */
    double[] found() {
        return Objects.requireNonNull(sums, "Products are there after the backward pass")
                .toDoubleArray();
    }

    /** The same of each prompt, {@code [prompt][source, width]}. */
    double[][] foundOfEach() {
        NDArray all = Objects.requireNonNull(sumsOfEach, "Products of each prompt were not asked for");
        int width = Math.toIntExact(all.getShape().get(2));
        float[] values = all.toFloatArray();
        double[][] found = new double[prompts][values.length / prompts];
        for (int i = 0; i < values.length; i++) {
            int source = i / (prompts * width);
            found[i / width % prompts][source * width + i % width] = values[i];
        }
        return found;
    }
}
