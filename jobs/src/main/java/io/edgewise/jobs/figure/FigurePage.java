package io.edgewise.jobs.figure;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.util.List;
import java.util.Map;

/** The page around a figure: one HTML file that needs no other files, no network and no scripts. */
final class FigurePage {
    private static final Template TEMPLATE = Mustache.compiler().compile(OwnFile.read("figure.mustache"));

    /** The smallest and the largest scale at which the drawing is shown, to keep its labels readable. */
    private static final double LEAST_SIZE = 0.85;

    private static final double MOST_SIZE = 1.25;

    private final CircuitFigure figure;

    FigurePage(CircuitFigure figure) {
        this.figure = figure;
    }

    String render() {
        List<Panel> panels = Panel.of(figure);
        double width = Columns.of(panels).width();
        List<Map<String, Object>> rows = panels.stream()
                .flatMap(panel -> panel.edges().stream().map(edge -> row(panel, edge)))
                .toList();
        return TEMPLATE.execute(Map.of(
                "title", Visible.text(figure.title()),
                "summary", Wording.summary(figure),
                "svg", new FigureSvg(figure).part(),
                "drawn", !rows.isEmpty(),
                "largest", Wording.largest(panels),
                "narrowest", Coordinate.text(width * LEAST_SIZE),
                "widest", Coordinate.text(width * MOST_SIZE),
                "positions", panels.stream().anyMatch(panel -> panel.position() != null),
                "rows", rows));
    }

    private static Map<String, Object> row(Panel panel, DrawnEdge edge) {
        return Map.of(
                "label", Visible.text(panel.label()),
                "note", panel.note(),
                "source", Visible.text(edge.source().name()),
                "destination", Visible.text(edge.destination().name()),
                "sign", edge.negative() ? "negative" : "positive",
                "score", edge.scoreText());
    }
}
