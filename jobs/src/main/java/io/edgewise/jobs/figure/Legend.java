package io.edgewise.jobs.figure;

import java.util.List;

/** One line below the drawing that says what colours and widths mean. */
final class Legend {
    /** Room for the line. */
    static final double HEIGHT = 36;

    private static final double SWATCH_LENGTH = 26;
    private static final double SWATCH_WIDTH = 8;
    private static final double SPACE = 8;
    private static final double BETWEEN = 16;

    private final SvgWriter svg;
    private final List<Panel> panels;

    Legend(SvgWriter svg, List<Panel> panels) {
        this.svg = svg;
        this.panels = panels;
    }

    /** Draws it, its letters standing on the line y; nothing where nothing is drawn. */
    void draw(double y) {
        if (panels.isEmpty()) {
            return;
        }
        svg.start("g", "class", "legend");
        double next = entry("positive", "positive score", Columns.MARGIN, y);
        next = entry("negative", "negative score", next, y);
        text(Wording.largest(panels), next, y);
        svg.end();
    }

    private double entry(String sign, String meaning, double x, double y) {
        String middle = Coordinate.text(y - Columns.FONT_SIZE * 0.35);
        svg.empty(
                "path",
                "class",
                sign,
                "stroke-width",
                Coordinate.text(SWATCH_WIDTH),
                "d",
                "M" + Coordinate.text(x) + "," + middle + "H" + Coordinate.text(x + SWATCH_LENGTH));
        text(meaning, x + SWATCH_LENGTH + SPACE, y);
        return x + SWATCH_LENGTH + SPACE + TextWidth.of(meaning, Columns.FONT_SIZE) + BETWEEN;
    }

    private void text(String text, double x, double y) {
        svg.text("text", text, "x", Coordinate.text(x), "y", Coordinate.text(y));
    }
}
