package io.edgewise.jobs.report;

import io.edgewise.uncertainty.Interval;

/**
 * One measurement of a circuit.
 *
 * @param requestedEdges the size that was asked for
 * @param achievedEdges the size that was run
 * @param value the measured value; not a number where it could not be measured
 * @param interval the value's interval
 */
public record CurvePoint(
        String patchType,
        String ablationType,
        String metric,
        int requestedEdges,
        int achievedEdges,
        double value,
        Interval interval) {}
