package io.edgewise.jobs.report;

import io.edgewise.uncertainty.Interval;

/**
 * What random circuits measure beside a circuit.
 *
 * @param kind what they have in common with the circuit besides the number of edges: uniform, by_layer
 * @param achievedEdges how many edges the circuit and each of them has
 * @param mean over the random circuits; not a number where the metric isn't defined
 * @param interval most random circuits are in
 * @param shareAsGood the share of them at least as near to the whole model as the circuit; not a number where the metric isn't defined
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
