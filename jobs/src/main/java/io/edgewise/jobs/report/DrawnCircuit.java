package io.edgewise.jobs.report;

import io.edgewise.jobs.figure.CircuitPlan;
import java.util.List;

/**
 * Some of a page's edges, laid out. A page has a few such circuits. The edges that a reader chooses are drawn as a part of the smallest
 * circuit that has them all.
 *
 * @param edges the edges' places in the page's list, in the order of the plan's ribbons
 */
public record DrawnCircuit(List<Integer> edges, CircuitPlan plan) {
    public DrawnCircuit {
        edges = List.copyOf(edges);
    }
}
