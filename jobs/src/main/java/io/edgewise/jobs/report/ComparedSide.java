package io.edgewise.jobs.report;

import java.util.List;

/**
 * One of two circuits that are compared, without its edges.
 *
 * @param edgeCount how many edges the whole graph has
 * @param chosenEdges the size of the circuit that is shown first
 */
public record ComparedSide(
        String name,
        String headline,
        List<String> doubts,
        List<Fact> facts,
        int edgeCount,
        int chosenEdges,
        List<CurvePoint> curve) {
    public ComparedSide {
        doubts = List.copyOf(doubts);
        facts = List.copyOf(facts);
        curve = List.copyOf(curve);
    }

    /** What a comparison shows of a study. */
    public static ComparedSide of(Study study) {
        return new ComparedSide(
                study.name(),
                study.headline(),
                study.doubts(),
                study.facts(),
                study.edgeCount(),
                study.chosenEdges(),
                study.curve());
    }
}
