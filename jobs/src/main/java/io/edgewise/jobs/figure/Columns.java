package io.edgewise.jobs.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The columns of the layers, the same in all panels.
 *
 * @param all the columns from left to right, one for each layer that has a node to draw
 * @param width the width of the whole figure
 */
record Columns(List<Column> all, double width) {
    static final double MARGIN = 24;
    static final double FONT_SIZE = 12;

    private static final double LABEL_MARGIN = 5;
    private static final double LONGEST_LABEL = 170;
    private static final double NARROWEST_COLUMN = 42;
    private static final double NARROWEST_GAP = 28;
    private static final double WIDEST_GAP = 190;
    private static final double USUAL_WIDTH = 960;
    private static final double NARROWEST_FIGURE = 620;

    /** One layer's place. */
    record Column(int layer, double left, double width) {
        double right() {
            return left + width;
        }

        double middle() {
            return left + width / 2;
        }
    }

    static Columns of(List<Panel> panels) {
        SortedMap<Integer, Double> widths = new TreeMap<>();
        panels.stream()
                .flatMap(panel -> panel.edges().stream())
                .flatMap(edge -> Stream.of(edge.source(), edge.destination()))
                .forEach(node -> widths.merge(node.layer(), boxWidth(node.shown()), Math::max));
        double boxes = widths.values().stream().mapToDouble(width -> width).sum();
        int gaps = Math.max(1, widths.size() - 1);
        double gap = Math.max(NARROWEST_GAP, Math.min(WIDEST_GAP, (USUAL_WIDTH - 2 * MARGIN - boxes) / gaps));
        double used = boxes + gap * (widths.size() - 1);
        double width = Math.max(NARROWEST_FIGURE, used + 2 * MARGIN);
        return new Columns(place(widths, (width - used) / 2, gap), width);
    }

    private static List<Column> place(SortedMap<Integer, Double> widths, double start, double gap) {
        List<Column> columns = new ArrayList<>();
        double left = start;
        for (Map.Entry<Integer, Double> layer : widths.entrySet()) {
            columns.add(new Column(layer.getKey(), left, layer.getValue()));
            left += layer.getValue() + gap;
        }
        return List.copyOf(columns);
    }

    /** The number of the layer's column, from 0. */
    int index(int layer) {
        List<Integer> layers = all.stream().map(Column::layer).toList();
        return layers.indexOf(layer);
    }

    static String boxLabel(String name) {
        return TextWidth.fit(name, FONT_SIZE, LONGEST_LABEL);
    }

    private static double boxWidth(String name) {
        return Math.max(NARROWEST_COLUMN, TextWidth.of(boxLabel(name), FONT_SIZE) + 2 * LABEL_MARGIN);
    }
}
