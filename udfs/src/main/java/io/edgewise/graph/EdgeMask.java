package io.edgewise.graph;

import java.util.Collection;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * The patch masks of a run; AutoCircuit's {@code patch_masks}. Mask 0 leaves an edge its current activation, mask 1 replaces it by the
 * ablation, and a number between mixes the two.
 *
 * @param values one mask per edge
 */
public record EdgeMask(EdgeVector values) {

    /** Patches the edges for which {@code isPatched} holds. */
    public static EdgeMask where(ModelGraph graph, IntPredicate isPatched) {
        double[] values = new double[graph.edgeCount()];
        for (int edge = 0; edge < values.length; edge++) {
            values[edge] = isPatched.test(edge) ? 1 : 0;
        }
        return new EdgeMask(EdgeVector.of(graph, values));
    }

    /**
     * Patches the edges of these names; AutoCircuit's {@code patch_mode(edges=...)}.
     *
     * @throws io.edgewise.InputException where the graph has no edge of a name
     */
    public static EdgeMask of(ModelGraph graph, Collection<String> names) {
        return of(graph, names.stream().collect(Collectors.toMap(name -> name, name -> 1.0, (a, b) -> b)));
    }

    /**
     * Sets the masks of the edges of these names.
     *
     * @throws io.edgewise.InputException where the graph has no edge of a name
     */
    public static EdgeMask of(ModelGraph graph, Map<String, Double> masks) {
        return new EdgeMask(EdgeVector.of(graph, graph.valuesOf(masks)));
    }
}
