package io.edgewise.jobs.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Two circuits of one graph.
 *
 * @param toolVersion the version of Edgewise
 * @param sides the two sides
 * @param nodes the graph's nodes
 * @param positions the labels of the token positions; may be empty
 * @param edges the edges that are among the strongest of either side
 * @param rankCorrelation Spearman's rank correlation of the scores of all edges of the graph; not a number where one side's scores are all equal
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
