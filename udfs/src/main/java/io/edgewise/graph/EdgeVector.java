package io.edgewise.graph;

import java.io.Serializable;
import java.util.Arrays;

/** One number for every edge, in the canonical order of {@link ModelGraph}. Immutable. */
public final class EdgeVector implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double[] values;

    private EdgeVector(double[] values) {
        this.values = values;
    }

    /** Takes a copy of {@code values}, one an edge of {@code graph}. */
    public static EdgeVector of(ModelGraph graph, double[] values) {
        if (values.length != graph.edgeCount()) {
            throw new IllegalArgumentException(
                    "The graph has " + graph.edgeCount() + " edges, got " + values.length + " values");
        }
        return new EdgeVector(values.clone());
    }

    public int size() {
        return values.length;
    }

    public double get(int edge) {
        return values[edge];
    }

    /** A copy of all values. */
    public double[] toArray() {
        return values.clone();
    }

    /** A copy of a module's row-major {@code [destination, source]} matrix. */
    public double[] rows(DestinationModule module) {
        return Arrays.copyOfRange(values, module.offset(), module.offset() + module.edges());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EdgeVector that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
