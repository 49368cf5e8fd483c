package io.edgewise.jobs.figure;

import io.edgewise.jobs.figure.Columns.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * A panel with everything in its place; 0 is its top.
 *
 * @param ribbons the widest first
 */
record PanelPicture(List<Ribbon> ribbons, List<Box> boxes, double height) {
    /** A node. */
    record Box(String name, double left, double top, double width, double height) {}

    /** An edge. */
    record Ribbon(DrawnEdge edge, double width, String path) {}

    static PanelPicture of(Panel panel, Columns columns, Scale scale) {
        PanelGraph graph = new PanelGraph(panel.edges(), columns, scale);
        Ordering.improve(graph);
        Ports.place(graph);
        Settling.straighten(graph);
        double height = level(graph);
        List<Ribbon> ribbons = new ArrayList<>();
        for (int i = 0; i < panel.edges().size(); i++) {
            ribbons.add(ribbon(panel.edges().get(i), graph.ribbons().get(i), graph, columns));
        }
        return new PanelPicture(List.copyOf(ribbons), boxes(graph, columns), height);
    }

    /** Moves everything so that the highest slot begins at 0, and gives where the lowest ends. */
    private static double level(PanelGraph graph) {
        List<Slot> slots = graph.columns().stream().flatMap(List::stream).toList();
        double top = slots.stream().mapToDouble(Slot::top).min().orElseThrow();
        slots.forEach(slot -> slot.setMiddle(slot.middle() - top));
        return slots.stream().mapToDouble(Slot::bottom).max().orElseThrow();
    }

    private static Ribbon ribbon(DrawnEdge edge, List<Segment> segments, PanelGraph graph, Columns columns) {
        List<Stop> stops = new ArrayList<>();
        Segment first = segments.get(0);
        stops.add(Stop.end(column(first.from(), columns).right(), first.from().middle() + first.leaves()));
        for (Segment segment : segments.subList(1, segments.size())) {
            Slot lane = segment.from();
            stops.add(Stop.past(column(lane, columns), lane, graph.columns().get(lane.column())));
        }
        Segment last = segments.get(segments.size() - 1);
        stops.add(Stop.end(column(last.to(), columns).left(), last.to().middle() + last.enters()));
        return new Ribbon(edge, first.width(), Curve.through(stops));
    }

    private static List<Box> boxes(PanelGraph graph, Columns columns) {
        List<Box> boxes = new ArrayList<>();
        for (Slot slot : graph.columns().stream().flatMap(List::stream).toList()) {
            String name = slot.label();
            if (name != null) {
                Column column = column(slot, columns);
                boxes.add(new Box(name, column.left(), slot.top(), column.width(), slot.height()));
            }
        }
        return List.copyOf(boxes);
    }

    private static Column column(Slot slot, Columns columns) {
        return columns.all().get(slot.column());
    }
}
