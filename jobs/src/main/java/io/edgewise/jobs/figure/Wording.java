package io.edgewise.jobs.figure;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** The sentences that a figure says about itself. */
final class Wording {
    private Wording() {}

    /** How many edges are drawn, and which. */
    static String summary(CircuitFigure figure) {
        List<DrawnEdge> drawn = figure.drawn();
        int all = figure.edges().size();
        if (drawn.isEmpty()) {
            return empty(figure);
        }
        if (drawn.size() == all) {
            return all == 1
                    ? "The circuit\u2019s one edge."
                    : String.format(Locale.ROOT, "All %,d edges of the circuit.", all);
        }
        return String.format(
                Locale.ROOT,
                "%,d of the circuit\u2019s %,d edges: those with an absolute score of at least %s.",
                drawn.size(),
                all,
                threshold(figure));
    }

    /** The reason why nothing is drawn. */
    static String empty(CircuitFigure figure) {
        return figure.edges().isEmpty()
                ? "The circuit has no edges."
                : "No edge of the circuit has an absolute score of at least " + threshold(figure) + ".";
    }

    private static String threshold(CircuitFigure figure) {
        return BigDecimal.valueOf(figure.scoreThreshold()).stripTrailingZeros().toPlainString();
    }

    /** The meaning of a ribbon's width. */
    static String largest(List<Panel> panels) {
        double largest = panels.stream()
                .flatMap(panel -> panel.edges().stream())
                .mapToDouble(DrawnEdge::size)
                .max()
                .orElse(0);
        return "width: absolute score, the largest " + DrawnEdge.scoreText(largest);
    }
}
