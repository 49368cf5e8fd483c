package io.edgewise.graph;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** One number for every edge, in the canonical order of {@link ModelGraph}. Immutable. */
public final class EdgeVector implements Serializable {
    private static final long serialVersionUID = 2L;

    private final int edgesPerPosition;
    private final double[] values;

    private EdgeVector(int edgesPerPosition, double[] values) {
        this.edgesPerPosition = edgesPerPosition;
        this.values = values;
    }

    /** A vector with a copy of {@code values}, one for each edge of {@code graph}. */
    public static EdgeVector of(ModelGraph graph, double[] values) {
        check(graph, values);
        return new EdgeVector(graph.edgesPerPosition(), values.clone());
    }

    /** A vector of a function's results on each of {@code values}, one for each edge of {@code graph}. */
    public static EdgeVector of(ModelGraph graph, double[] values, DoubleUnaryOperator function) {
        check(graph, values);
        double[] results = new double[values.length];
        Arrays.setAll(results, edge -> function.applyAsDouble(values[edge]));
        return new EdgeVector(graph.edgesPerPosition(), results);
    }

    private static void check(ModelGraph graph, double[] values) {
        if (values.length != graph.edgeCount()) {
            throw new IllegalArgumentException(
                    "The graph has " + graph.edgeCount() + " edges, got " + values.length + " values");
        }
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

    /** Whether an edge into the module has a value other than zero. */
    public boolean touches(DestinationModule module) {
        for (int start = module.offset(); start < values.length; start += edgesPerPosition) {
            for (int edge = start; edge < start + module.edges(); edge++) {
                if (values[edge] != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A module's values, row-major {@code [position, destination, source]}; one position where edges have none. */
    public float[] rows(DestinationModule module) {
        float[] rows = new float[values.length / edgesPerPosition * module.edges()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) values[i / module.edges() * edgesPerPosition + module.offset() + i % module.edges()];
        }
        return rows;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EdgeVector that
                && edgesPerPosition == that.edgesPerPosition
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
