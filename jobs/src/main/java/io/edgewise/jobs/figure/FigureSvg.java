package io.edgewise.jobs.figure;

import java.util.List;

/** Draws a figure: its panels one below the other. */
final class FigureSvg {
    private static final String STYLE = OwnFile.read("drawing.css");
    private static final double TITLE_SIZE = 16;
    private static final double TITLE_HEIGHT = 34;
    private static final double LABEL_SIZE = 13;
    private static final double LABEL_HEIGHT = 30;
    private static final double PANEL_GAP = 30;
    private static final double EMPTY_HEIGHT = 60;

    private final CircuitFigure figure;
    private final List<Panel> panels;
    private final Columns columns;
    private final Scale scale;
    private final SvgWriter svg = new SvgWriter();

    FigureSvg(CircuitFigure figure) {
        this.figure = figure;
        panels = Panel.of(figure);
        columns = Columns.of(panels);
        scale = Scale.of(panels);
    }

    /** The drawing as a file, with its title and its legend in it. */
    String document() {
        svg.declaration();
        return draw(true);
    }

    /** The drawing as a part of a page that has the title and the legend. */
    String part() {
        return draw(false);
    }

    private String draw(boolean alone) {
        List<PanelPicture> pictures = panels.stream()
                .map(panel -> PanelPicture.of(panel, columns, scale))
                .toList();
        double top = Columns.MARGIN + (alone ? TITLE_HEIGHT : 0);
        double bottom = top + panelsHeight(pictures);
        double height = bottom + Columns.MARGIN + (alone ? Legend.HEIGHT : 0);
        begin(height);
        if (alone) {
            title();
            new Legend(svg, panels).draw(bottom + Legend.HEIGHT);
        }
        if (panels.isEmpty()) {
            svg.text("text", Wording.empty(figure), "class", "empty", "x", middle(), "y", at(top + EMPTY_HEIGHT / 2));
        }
        panels(pictures, top);
        svg.end();
        return svg.finished();
    }

    private void begin(double height) {
        String width = at(columns.width());
        svg.root(
                "class",
                "circuit",
                "role",
                "img",
                "width",
                width,
                "height",
                at(height),
                "viewBox",
                "0 0 " + width + " " + at(height));
        svg.text("title", figure.title());
        svg.text("desc", Wording.summary(figure));
        svg.style(STYLE);
        svg.empty("rect", "class", "ground", "width", width, "height", at(height));
    }

    private void title() {
        String title = TextWidth.fit(figure.title(), TITLE_SIZE, columns.width() - 2 * Columns.MARGIN);
        svg.text("text", title, "class", "heading", "x", at(Columns.MARGIN), "y", at(Columns.MARGIN + TITLE_SIZE - 2));
    }

    private double panelsHeight(List<PanelPicture> pictures) {
        if (panels.isEmpty()) {
            return EMPTY_HEIGHT;
        }
        double drawings = pictures.stream().mapToDouble(PanelPicture::height).sum();
        return drawings + panels.stream().mapToDouble(this::labelHeight).sum() + PANEL_GAP * (panels.size() - 1);
    }

    private double labelHeight(Panel panel) {
        return panel.label().isEmpty() ? 0 : LABEL_HEIGHT;
    }

    private void panels(List<PanelPicture> pictures, double start) {
        double top = start;
        for (int i = 0; i < panels.size(); i++) {
            Panel panel = panels.get(i);
            svg.start("g", "class", "panel");
            if (i > 0) {
                line(top - PANEL_GAP / 2);
            }
            if (!panel.label().isEmpty()) {
                label(panel, top);
            }
            top += labelHeight(panel);
            new PanelSvg(svg, pictures.get(i)).draw(top);
            svg.end();
            top += pictures.get(i).height() + PANEL_GAP;
        }
    }

    private void line(double y) {
        svg.empty(
                "path",
                "class",
                "rule",
                "d",
                "M" + at(Columns.MARGIN) + "," + at(y) + "H" + at(columns.width() - Columns.MARGIN));
    }

    private void label(Panel panel, double top) {
        double noteRoom = panel.note().isEmpty() ? 0 : TextWidth.of(panel.note(), LABEL_SIZE) + LABEL_SIZE;
        String label = TextWidth.fit(panel.label(), LABEL_SIZE, columns.width() - 2 * Columns.MARGIN - noteRoom);
        svg.start("text", "class", "position", "x", at(Columns.MARGIN), "y", at(top + LABEL_SIZE));
        svg.text("tspan", label);
        if (!panel.note().isEmpty()) {
            svg.text("tspan", panel.note(), "class", "note", "dx", at(LABEL_SIZE));
        }
        svg.end();
    }

    private String middle() {
        return at(columns.width() / 2);
    }

    private static String at(double value) {
        return Coordinate.text(value);
    }
}
