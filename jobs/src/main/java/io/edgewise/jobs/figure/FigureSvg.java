package io.edgewise.jobs.figure;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A figure as SVG: its panels one below the other. */
final class FigureSvg {
    private static final Template TEMPLATE = Mustache.compiler()
            .emptyStringIsFalse(true)
            .withFormatter(
                    value -> value instanceof Double number ? Coordinate.text(number) : Visible.text(value.toString()))
            .withLoader(name -> new StringReader(OwnFile.read(name)))
            .compile(OwnFile.read("drawing.mustache"));

    private static final double TITLE_SIZE = 16;
    private static final double TITLE_HEIGHT = 34;
    private static final double LEGEND_HEIGHT = 36;
    private static final double LABEL_SIZE = 13;
    private static final double LABEL_HEIGHT = 30;
    private static final double PANEL_GAP = 30;
    private static final double EMPTY_HEIGHT = 60;

    private final CircuitFigure figure;
    private final List<Panel> panels;
    private final Columns columns;
    private final Scale scale;

    FigureSvg(CircuitFigure figure) {
        this.figure = figure;
        panels = Panel.of(figure);
        columns = Columns.of(panels);
        scale = Scale.of(panels);
    }

    /** The drawing as a file, with its title and its legend in it. */
    String document() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + draw(true);
    }

    /** The drawing as a part of a page that has the title and the legend. */
    String part() {
        return draw(false);
    }

    private String draw(boolean alone) {
        double bottom = Columns.MARGIN + (alone ? TITLE_HEIGHT : 0);
        List<Map<String, Object>> drawn = new ArrayList<>();
        for (Panel panel : panels) {
            CircuitPlan plan = CircuitPlan.of(panel, columns, scale);
            double top = bottom + (drawn.isEmpty() ? 0 : PANEL_GAP);
            drawn.add(panel(panel, plan, top, drawn.isEmpty()));
            bottom = top + labelHeight(panel) + plan.height();
        }
        bottom += panels.isEmpty() ? EMPTY_HEIGHT / 2 : 0;
        double below = panels.isEmpty() ? EMPTY_HEIGHT / 2 : alone ? LEGEND_HEIGHT : 0;
        return TEMPLATE.execute(Map.of(
                "title",
                figure.title(),
                "summary",
                Wording.summary(figure),
                "width",
                columns.width(),
                "height",
                bottom + below + Columns.MARGIN,
                "middle",
                columns.width() / 2,
                "bottom",
                bottom + (panels.isEmpty() ? 0 : LEGEND_HEIGHT),
                "heading",
                alone ? TextWidth.fit(figure.title(), TITLE_SIZE, room()) : "",
                "legend",
                alone && !panels.isEmpty() ? Wording.largest(panels) : "",
                "empty",
                panels.isEmpty() ? Wording.empty(figure) : "",
                "panels",
                drawn));
    }

    private double room() {
        return columns.width() - 2 * Columns.MARGIN;
    }

    private static double labelHeight(Panel panel) {
        return panel.label().isEmpty() ? 0 : LABEL_HEIGHT;
    }

    private Map<String, Object> panel(Panel panel, CircuitPlan plan, double top, boolean first) {
        double noteRoom = panel.note().isEmpty() ? 0 : TextWidth.of(panel.note(), LABEL_SIZE) + LABEL_SIZE;
        return Map.of(
                "top", top,
                "rule", first ? "" : columns.width() - Columns.MARGIN,
                "label", TextWidth.fit(panel.label(), LABEL_SIZE, room() - noteRoom),
                "note", panel.note(),
                "labelHeight", labelHeight(panel),
                "ribbons",
                        IntStream.range(0, panel.edges().size())
                                .mapToObj(i -> ribbon(
                                        panel.edges().get(i), plan.ribbons().get(i)))
                                .toList(),
                "boxes", plan.boxes());
    }

    private static Map<String, Object> ribbon(DrawnEdge edge, CircuitPlan.Ribbon ribbon) {
        return Map.of(
                "sign",
                edge.negative() ? "negative" : "positive",
                "name",
                edge.name() + "  " + edge.scoreText(),
                "width",
                ribbon.width(),
                "path",
                ribbon.path());
    }
}
