package io.edgewise.score;

import io.edgewise.InputException;
import io.edgewise.graph.Level;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.safetensors.FloatTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One score per node, or one per neuron: per coordinate of what a node writes. Positive: ablating it on all edges lowers the answer. Nodes
 * are in the order of {@link ModelGraph#sources}, and a node's neurons lie together. As in {@link PruneScores}, scores are kept in single
 * precision.
 */
public final class NodeScores implements RankedScores {
    private static final long serialVersionUID = 1L;

    private final ModelGraph graph;
    private final Level level;
    private final int width;
    private final float[] values;

    private NodeScores(ModelGraph graph, Level level, int width, float[] values) {
        if (level == Level.EDGE || values.length != graph.sources().size() * width) {
            throw new IllegalArgumentException(
                    "The graph has " + graph.sources().size() + " nodes, got " + values.length + " scores of "
                            + level.words() + " for " + width + " per node");
        }
        for (float value : values) {
            if (Float.isNaN(value)) {
                throw new ArithmeticException("A score of a " + level.word()
                        + " is not a number; the model's outputs or gradients overflow on these prompts");
            }
        }
        this.graph = graph;
        this.level = level;
        this.width = width;
        this.values = values;
    }

    /**
     * Rounds a total over batches to single precision.
     *
     * @param width scores per node: 1, or {@code d_model} at the level of neurons
     * @param total row-major {@code [source, width]}
     * @throws ArithmeticException where a score is not a number, since it could not be ranked
     */
    public static NodeScores of(ModelGraph graph, Level level, int width, double[] total) {
        float[] rounded = new float[total.length];
        for (int place = 0; place < rounded.length; place++) {
            rounded[place] = (float) total[place];
        }
        return new NodeScores(graph, level, width, rounded);
    }

    /**
     * Whether tensors look like scores of nodes or neurons: they are named by what writes, those of edges by what reads.
     */
    public static boolean areIn(Map<String, FloatTensor> tensors, ModelGraph graph) {
        return tensors.containsKey(graph.sources().get(0).module());
    }

    /**
     * Reads a tensor {@code [head?]}, or {@code [head?, d_model]} for neurons, of every module that writes.
     *
     * @param modelWidth the model's {@code d_model}
     * @param where the tensors' origin, for a message
     * @throws InputException where they are not those of this graph
     */
    public static NodeScores fromTensors(
            ModelGraph graph, int modelWidth, Map<String, FloatTensor> tensors, String where) {
        FloatTensor start = tensors.get(graph.sources().get(0).module());
        Level level = start != null && start.shape().length > 0 ? Level.NEURON : Level.NODE;
        level.check(graph.spec());
        int width = level.width(modelWidth);
        float[] values = new float[graph.sources().size() * width];
        Map<String, List<SourceNode>> modules = modules(graph);
        modules.forEach((module, sources) -> {
            FloatTensor tensor = tensors.get(module);
            long[] shape = shape(sources, level, width);
            if (tensor == null || !Arrays.equals(tensor.shape(), shape)) {
                throw new InputException(where + " has "
                        + (tensor == null ? "no scores" : "scores of shape " + Arrays.toString(tensor.shape()))
                        + " for " + module + "; the model wants shape " + Arrays.toString(shape) + " for scores of "
                        + level.words() + ": give the scores of this model");
            }
            System.arraycopy(tensor.values(), 0, values, sources.get(0).index() * width, tensor.values().length);
        });
        if (tensors.size() != modules.size()) {
            throw new InputException(where + " has scores for " + tensors.size() + " modules; the model has "
                    + modules.size() + ": give the scores of this model");
        }
        return checked(graph, level, width, values, where);
    }

    /**
     * Scores that were read.
     *
     * @param where their origin, for a message
     * @throws InputException where a score is not a number
     */
    public static NodeScores checked(ModelGraph graph, Level level, int width, float[] values, String where) {
        for (float value : values) {
            if (Float.isNaN(value)) {
                throw new InputException(where + " has a score that is not a number; no ranking is possible");
            }
        }
        return new NodeScores(graph, level, width, values.clone());
    }

    /** One tensor per module, {@code blocks.0.attn.hook_result}: {@code [head?]}, or {@code [head?, d_model]} for neurons. */
    @Override
    public Map<String, FloatTensor> toTensors() {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        modules(graph).forEach((module, sources) -> {
            int first = sources.get(0).index();
            tensors.put(
                    module,
                    new FloatTensor(
                            shape(sources, level, width),
                            Arrays.copyOfRange(values, first * width, (first + sources.size()) * width)));
        });
        return tensors;
    }

    /** The sources by AutoCircuit's module name, in order. */
    private static Map<String, List<SourceNode>> modules(ModelGraph graph) {
        return graph.sources().stream()
                .collect(Collectors.groupingBy(SourceNode::module, LinkedHashMap::new, Collectors.toList()));
    }

    private static long[] shape(List<SourceNode> sources, Level level, int width) {
        boolean areHeads = sources.get(0).kind() == SourceNode.Kind.HEAD;
        long[] all = {sources.size(), width};
        return Arrays.copyOfRange(all, areHeads ? 0 : 1, level == Level.NEURON ? 2 : 1);
    }

    @Override
    public ModelGraph graph() {
        return graph;
    }

    @Override
    public Level level() {
        return level;
    }

    /** Scores per node. */
    public int width() {
        return width;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public double get(int place) {
        return values[place];
    }

    /** The node at a place, or the node of the neuron there. */
    public SourceNode source(int place) {
        return graph.sources().get(place / width);
    }

    /** A neuron's coordinate in what its node writes. */
    public int coordinate(int place) {
        return place % width;
    }

    /** A node's name, {@code A0.3}; a neuron's with its coordinate, {@code A0.3:17}. */
    @Override
    public String name(int place) {
        String name = source(place).name();
        return level == Level.NEURON ? name + ":" + coordinate(place) : name;
    }

    @Override
    public NodeScores with(double[] others) {
        return of(graph, level, width, others);
    }
}
