package io.edgewise.jobs.figure;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The edges that are drawn together: those at one position, or all.
 *
 * @param label the label of the token at the position; empty without positions
 * @param edges the strongest first
 */
record Panel(@Nullable Integer position, String label, List<DrawnEdge> edges) {
    private static final Comparator<DrawnEdge> STRONGEST =
            Comparator.comparingDouble(DrawnEdge::size).reversed();

    /** The panels of a figure: one for each position that has edges to draw, in order. */
    static List<Panel> of(CircuitFigure figure) {
        List<DrawnEdge> edges = figure.drawn().stream().sorted(STRONGEST).toList();
        if (edges.isEmpty()) {
            return List.of();
        }
        if (edges.get(0).position() == null) {
            return List.of(new Panel(null, "", edges));
        }
        SortedMap<Integer, List<DrawnEdge>> positions =
                edges.stream().collect(Collectors.groupingBy(DrawnEdge::position, TreeMap::new, Collectors.toList()));
        return positions.entrySet().stream()
                .map(at -> new Panel(at.getKey(), label(figure.seqLabels(), at.getKey()), at.getValue()))
                .toList();
    }

    private static String label(List<String> labels, int position) {
        boolean given = position < labels.size() && !labels.get(position).isBlank();
        return given ? labels.get(position) : positionText(position);
    }

    private static String positionText(int position) {
        return "position " + position;
    }

    /** The position, to stand next to a label that doesn't say it. */
    String note() {
        return position == null || label.equals(positionText(position)) ? "" : positionText(position);
    }
}
