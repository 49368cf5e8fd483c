package io.edgewise.jobs.figure;

import io.edgewise.jobs.figure.PanelPicture.Box;
import io.edgewise.jobs.figure.PanelPicture.Ribbon;

/** Writes one panel: its ribbons, and over them its boxes. */
final class PanelSvg {
    private static final String CORNER = "4";
    /** From the middle of a line of text down to what its letters stand on. */
    private static final double BASELINE = Columns.FONT_SIZE * 0.35;

    private final SvgWriter svg;
    private final PanelPicture picture;

    PanelSvg(SvgWriter svg, PanelPicture picture) {
        this.svg = svg;
        this.picture = picture;
    }

    void draw(double top) {
        svg.start("g", "transform", "translate(0 " + Coordinate.text(top) + ")");
        picture.ribbons().forEach(this::ribbon);
        picture.boxes().forEach(this::box);
        svg.end();
    }

    private void ribbon(Ribbon ribbon) {
        DrawnEdge edge = ribbon.edge();
        svg.start(
                "path",
                "class",
                "link " + (edge.negative() ? "negative" : "positive"),
                "stroke-width",
                Coordinate.text(ribbon.width()),
                "d",
                ribbon.path());
        svg.text("title", edge.name() + "  " + edge.scoreText());
        svg.end();
    }

    private void box(Box box) {
        svg.start("g", "class", "node " + kind(box.name()));
        svg.text("title", box.name());
        svg.empty(
                "rect",
                "x",
                Coordinate.text(box.left()),
                "y",
                Coordinate.text(box.top()),
                "width",
                Coordinate.text(box.width()),
                "height",
                Coordinate.text(box.height()),
                "rx",
                CORNER);
        svg.text(
                "text",
                Columns.boxLabel(box.name()),
                "x",
                Coordinate.text(box.left() + box.width() / 2),
                "y",
                Coordinate.text(box.top() + box.height() / 2 + BASELINE));
        svg.end();
    }

    private static String kind(String name) {
        if (name.equals("Embed") || name.equals("Unembed")) {
            return "stream";
        }
        return name.startsWith("MLP") ? "mlp" : "head";
    }
}
