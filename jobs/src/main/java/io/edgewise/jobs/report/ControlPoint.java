package io.edgewise.jobs.report;

import io.edgewise.uncertainty.Interval;

/**
 * One metric of random circuits, to compare a circuit with.
 *
 * @param kind what the random circuits have in common with the circuit besides the number of edges: uniform, by_layer
 * @param achievedEdges how many edges the circuit and each of them has
 * @param mean the mean over the random circuits; not a number where the metric isn't defined
 * @param interval the interval that holds 95% of the random circuits
 * @param shareAsGood the share of them that are at least as close to the whole model as the circuit; not a number where the metric isn't defined
 * @param controls how many random circuits
 */
public record ControlPoint(
        String kind,
        String metric,
        int achievedEdges,
        double mean,
        Interval interval,
        double shareAsGood,
        int controls) {}
