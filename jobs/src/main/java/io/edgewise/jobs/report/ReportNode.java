package io.edgewise.jobs.report;

/**
 * A node of the computation graph.
 *
 * @param name {@code Resid Start}, {@code A0.3}, {@code MLP 1}, {@code Resid End}
 * @param column the node's column from left to right, from 0
 * @param kind {@code resid}, {@code head} or {@code mlp}
 * @param reads all edges of the graph that end in it
 * @param writes all edges of the graph that begin in it
 */
public record ReportNode(String name, int column, String kind, EdgeSum reads, EdgeSum writes) {}
