package io.edgewise.jobs.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Two circuits of one graph.
 *
 * @param toolVersion of Edgewise
 * @param sides two
 * @param nodes of the graph
 * @param positions what the tokens at the positions are called; may be empty
 * @param edges those that are among the strongest of either
 * @param rankCorrelation Spearman's, of the scores of all edges of the graph; not a number where one side's are all equal
 */
public record Comparison(
        String title,
        String toolVersion,
        List<ComparedSide> sides,
        List<ReportNode> nodes,
        List<String> positions,
        List<EdgePair> edges,
        double rankCorrelation) {
    public Comparison {
        sides = List.copyOf(sides);
        nodes = List.copyOf(nodes);
        positions = List.copyOf(positions);
        edges = List.copyOf(edges);
    }

    /** The edges laid out, in circuits of a few sizes, the smallest first. */
    @JsonProperty
    List<DrawnCircuit> drawn() {
        return DrawnCircuits.of(this);
    }
}
