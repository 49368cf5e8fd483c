package io.edgewise.jobs.figure;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.edgewise.jobs.figure.Columns.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * The layout of a circuit's picture, both for an SVG file and for a page. Coordinates begin at 0 on the left and at the top.
 *
 * @param ribbons the edges' ribbons, in the order of the edges
 * @param perScore the width in pixels of a ribbon with a score of one
 */
public record CircuitPlan(List<Ribbon> ribbons, List<Box> boxes, double width, double height, double perScore) {
    public CircuitPlan {
        ribbons = List.copyOf(ribbons);
        boxes = List.copyOf(boxes);
    }

    /**
     * A node's box. There are many, so it is short in JSON: an array without names.
     *
     * @param node its name, {@code Resid Start} or {@code A1.2}
     * @param label what the box says, cut where it is too long
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"node", "label", "left", "top", "width", "height"})
    public record Box(String node, String label, double left, double top, double width, double height) {
        /** From the middle of a line of text down to its baseline. */
        private static final double BASELINE = Columns.FONT_SIZE * 0.35;

        String kind() {
            return node.startsWith("Resid") ? "stream" : node.startsWith("MLP") ? "mlp" : "head";
        }

        double middle() {
            return left + width / 2;
        }

        double base() {
            return top + height / 2 + BASELINE;
        }
    }

    /**
     * An edge's ribbon, also an array in JSON.
     *
     * @param path the data of an SVG path along the ribbon's middle
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"width", "path"})
    public record Ribbon(double width, String path) {}

    /** Lays out a circuit by itself, in one picture whatever positions its edges have. */
    public static CircuitPlan of(List<DrawnEdge> edges) {
        List<Panel> panels = List.of(new Panel(null, "", edges));
        return of(panels.get(0), Columns.of(panels), Scale.of(panels));
    }

    /** Lays out one panel of a figure. */
    static CircuitPlan of(Panel panel, Columns columns, Scale scale) {
        PanelGraph graph = new PanelGraph(panel.edges(), columns, scale);
        Ordering.improve(graph);
        Ports.place(graph);
        Settling.straighten(graph);
        double height = level(graph);
        return new CircuitPlan(
                graph.ribbons().stream()
                        .map(segments -> ribbon(segments, graph, columns))
                        .toList(),
                boxes(graph, columns),
                columns.width(),
                height,
                scale.perScore());
    }

    /** Moves everything so that the highest slot begins at 0. Returns where the lowest slot ends. */
    private static double level(PanelGraph graph) {
        List<Slot> slots = graph.columns().stream().flatMap(List::stream).toList();
        double top = slots.stream().mapToDouble(Slot::top).min().orElseThrow();
        slots.forEach(slot -> slot.setMiddle(slot.middle() - top));
        return slots.stream().mapToDouble(Slot::bottom).max().orElseThrow();
    }

    private static Ribbon ribbon(List<Segment> segments, PanelGraph graph, Columns columns) {
        List<Stop> stops = new ArrayList<>();
        Segment first = segments.get(0);
        stops.add(Stop.end(column(first.from(), columns).right(), first.from().middle() + first.leaves()));
        for (Segment segment : segments.subList(1, segments.size())) {
            Slot lane = segment.from();
            stops.add(Stop.past(column(lane, columns), lane, graph.columns().get(lane.column())));
        }
        Segment last = segments.get(segments.size() - 1);
        stops.add(Stop.end(column(last.to(), columns).left(), last.to().middle() + last.enters()));
        return new Ribbon(Coordinate.rounded(first.width()), Curve.through(stops));
    }

    private static List<Box> boxes(PanelGraph graph, Columns columns) {
        List<Box> boxes = new ArrayList<>();
        for (Slot slot : graph.columns().stream().flatMap(List::stream).toList()) {
            String node = slot.node();
            if (node != null) {
                Column column = column(slot, columns);
                boxes.add(new Box(
                        node,
                        Columns.boxLabel(DrawnNode.label(node)),
                        Coordinate.rounded(column.left()),
                        Coordinate.rounded(slot.top()),
                        Coordinate.rounded(column.width()),
                        Coordinate.rounded(slot.height())));
            }
        }
        return boxes;
    }

    private static Column column(Slot slot, Columns columns) {
        return columns.all().get(slot.column());
    }
}
