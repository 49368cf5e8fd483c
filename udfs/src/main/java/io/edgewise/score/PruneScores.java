package io.edgewise.score;

import io.edgewise.InputException;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.EdgeVector;
import io.edgewise.graph.Level;
import io.edgewise.graph.ModelGraph;
import io.edgewise.safetensors.FloatTensor;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One score per edge; the ranking is by absolute value. Positive: patching the edge lowers the answer.
 *
 * <p>Scores are summed in double precision and kept in single precision, as AutoCircuit's are. The number is the same in memory, in
 * safetensors and in Parquet, so every file has the same ties.
 */
public final class PruneScores implements RankedScores {
    private static final long serialVersionUID = 1L;

    private final ModelGraph graph;
    private final EdgeVector values;

    private PruneScores(ModelGraph graph, EdgeVector values) {
        this.graph = graph;
        this.values = values;
    }

    /**
     * Rounds a total over batches to single precision.
     *
     * @throws ArithmeticException where a score is not a number, since it could not be ranked
     */
    public static PruneScores of(ModelGraph graph, double[] total) {
        EdgeVector rounded = EdgeVector.of(graph, total, score -> (float) score);
        for (int edge = 0; edge < total.length; edge++) {
            if (Double.isNaN(rounded.get(edge))) {
                throw new ArithmeticException("The score of edge " + graph.edge(edge)
                        + " is not a number; the model's outputs or gradients overflow on these prompts");
            }
        }
        return new PruneScores(graph, rounded);
    }

    /** The same score for every edge; AutoCircuit's {@code new_prune_scores}. */
    public static PruneScores filled(ModelGraph graph, double value) {
        double[] values = new double[graph.edgeCount()];
        Arrays.fill(values, value);
        return of(graph, values);
    }

    /**
     * Score 1 for the edges of these names, else 0; AutoCircuit's {@code circuit_prune_scores(edges)}.
     *
     * @throws InputException where the graph has no edge of a name
     */
    public static PruneScores ofCircuit(ModelGraph graph, Collection<String> edges) {
        return of(EdgeMask.of(graph, edges), graph);
    }

    /**
     * These scores for the edges of these names, else 0; AutoCircuit's {@code circuit_prune_scores(edge_dict)}.
     *
     * @throws InputException where the graph has no edge of a name
     */
    public static PruneScores ofCircuit(ModelGraph graph, Map<String, Double> edges) {
        return of(EdgeMask.of(graph, edges), graph);
    }

    /** The patch masks of a run as scores; AutoCircuit's {@code current_patch_masks_as_prune_scores}. */
    public static PruneScores of(EdgeMask mask, ModelGraph graph) {
        return of(graph, mask.values().toArray());
    }

    /**
     * Reads AutoCircuit's layout: a tensor {@code [seq?, head?, source]} for every destination module.
     *
     * @param where the tensors' origin, for a message
     * @throws InputException where they are not those of this graph
     */
    public static PruneScores fromTensors(ModelGraph graph, Map<String, FloatTensor> tensors, String where) {
        graph.modules().forEach(module -> scoresOf(module, graph, tensors, where));
        if (tensors.size() != graph.modules().size()) {
            throw new InputException(
                    where + " has scores for " + tensors.size() + " destination modules; the model has "
                            + graph.modules().size() + ": give the scores of this model");
        }
        double[] values = new double[graph.edgeCount()];
        for (DestinationModule module : graph.modules()) {
            float[] given = scoresOf(module, graph, tensors, where);
            for (int i = 0; i < given.length; i++) {
                values[i / module.edges() * graph.edgesPerPosition() + module.offset() + i % module.edges()] = given[i];
            }
        }
        if (Arrays.stream(values).anyMatch(Double::isNaN)) {
            throw new InputException(where + " has a score that is not a number; no ranking is possible");
        }
        return new PruneScores(graph, EdgeVector.of(graph, values));
    }

    private static float[] scoresOf(
            DestinationModule module, ModelGraph graph, Map<String, FloatTensor> tensors, String where) {
        FloatTensor tensor = tensors.get(module.name());
        long[] shape = graph.shape(module);
        if (tensor == null || !Arrays.equals(tensor.shape(), shape)) {
            throw new InputException(where + " has "
                    + (tensor == null ? "no scores" : "scores of shape " + Arrays.toString(tensor.shape()))
                    + " for " + module.name() + "; the model wants shape " + Arrays.toString(shape)
                    + ": give the scores of this model and graph");
        }
        return tensor.values();
    }

    /** AutoCircuit's layout, in canonical order. */
    @Override
    public Map<String, FloatTensor> toTensors() {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        for (DestinationModule module : graph.modules()) {
            tensors.put(module.name(), new FloatTensor(graph.shape(module), values.rows(module)));
        }
        return tensors;
    }

    @Override
    public ModelGraph graph() {
        return graph;
    }

    @Override
    public Level level() {
        return Level.EDGE;
    }

    /** The score of an edge of the canonical order. */
    @Override
    public double get(int edge) {
        return values.get(edge);
    }

    @Override
    public int size() {
        return values.size();
    }

    @Override
    public String name(int edge) {
        return graph.edge(edge).toString();
    }

    @Override
    public PruneScores with(double[] others) {
        return of(graph, others);
    }
}
