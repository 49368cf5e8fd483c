package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import io.edgewise.graph.Level;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.layer.ResidualStream;

/**
 * A forward pass in which every edge is as it is, recorded for differentiation, whose gradients are multiplied with changes of the sources,
 * whatever these are. The prompts may run several times in one pass, with a stage moved by another share each time; the products of all
 * runs are summed.
 */
public sealed interface ProductStream extends ResidualStream, AutoCloseable permits GradientStream, NodeStream {

    /**
     * A pass.
     *
     * @param moved the stage that is moved
     * @param records whether what the sources write is asked for
     * @param followsPatterns whether edges to queries and keys count by what they change in the attention pattern, not by their gradient
     */
    static ProductStream of(Level level, ModelGraph graph, MovedStage moved, boolean records, boolean followsPatterns) {
        return level == Level.EDGE
                ? new GradientStream(graph, moved, records, followsPatterns)
                : new NodeStream(graph, moved, level, records);
    }

    /** What the sources wrote, {@code [source, run batch, seq, d_model]}, after the forward pass. */
    NDArray sources();

    /**
     * The backward pass.
     *
     * @param loss a single number, computed from the results of the forward pass
     * @param changes of the sources, {@code [source, batch, seq, d_model]}, the same in all runs, or {@code [source, run batch, seq, d_model]}
     * @param ofEachPrompt whether the products of each prompt will be asked for
     * @return one number per edge, in canonical order, or per node or neuron, row-major {@code [source, width]}
     */
    double[] products(NDArray loss, NDArray changes, boolean ofEachPrompt);

    /**
     * What each prompt adds to the products, after the backward pass, {@code [prompt][...]}.
     *
     * @param prompts of the batch
     */
    double[][] productsOfEach(int prompts);

    @Override
    void close();
}
