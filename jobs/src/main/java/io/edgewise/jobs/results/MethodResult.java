package io.edgewise.jobs.results;

import org.jspecify.annotations.Nullable;

/**
 * What a study found of one method on one task.
 *
 * @param area the area under the curve of faithfulness
 * @param cpr the MIB benchmark's integrated circuit performance ratio
 * @param cmd the MIB benchmark's integrated circuit-model distance
 * @param chosenEdges the size of the circuit that is shown first
 * @param stability that of the circuit of the nearest size; null where it is unknown
 * @param seconds how long scoring took, by its manifest; not a number where it has none
 * @param resumed whether an earlier run had done a part of the scoring, which the seconds leave out
 * @param showsTask whether the prompts show the task at all; where they don't, no number is a finding
 */
public record MethodResult(
        String task,
        String method,
        Measured area,
        EdgesAt90 edgesAt90,
        Measured cpr,
        Measured cmd,
        int chosenEdges,
        @Nullable CircuitStability stability,
        double seconds,
        boolean resumed,
        boolean showsTask) {}
