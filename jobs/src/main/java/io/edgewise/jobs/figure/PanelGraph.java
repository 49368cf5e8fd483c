package io.edgewise.jobs.figure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The graph that is laid out: boxes, and ribbons that take a lane in every column between their boxes. */
final class PanelGraph {
    private final List<List<Slot>> columns;
    private final List<List<Segment>> ribbons = new ArrayList<>();
    private final Map<String, Slot> boxes = new HashMap<>();
    private final Gaps gaps;

    PanelGraph(List<DrawnEdge> edges, Columns places, Scale scale) {
        gaps = Gaps.of(edges.size());
        columns = IntStream.range(0, places.all().size())
                .mapToObj(column -> (List<Slot>) new ArrayList<Slot>())
                .toList();
        for (DrawnEdge edge : edges) {
            Slot source = box(edge.source(), places);
            Slot destination = box(edge.destination(), places);
            ribbons.add(ribbon(source, destination, scale.width(edge)));
        }
    }

    /** The slots from left to right, each column's from top to bottom. */
    List<List<Slot>> columns() {
        return columns;
    }

    /** One ribbon per edge, in the edges' order: its segments from left to right. */
    List<List<Segment>> ribbons() {
        return ribbons;
    }

    Gaps gaps() {
        return gaps;
    }

    private Slot box(DrawnNode node, Columns places) {
        return boxes.computeIfAbsent(node.node(), name -> placed(Slot.box(name, places.index(node.layer()))));
    }

    private List<Segment> ribbon(Slot source, Slot destination, double width) {
        List<Segment> segments = new ArrayList<>();
        Slot from = source;
        for (int column = source.column() + 1; column <= destination.column(); column++) {
            Slot to = column == destination.column() ? destination : placed(Slot.lane(column));
            Segment segment = new Segment(from, to, ribbons.size(), width);
            from.goes(segment);
            to.comes(segment);
            segments.add(segment);
            from = to;
        }
        return List.copyOf(segments);
    }

    private Slot placed(Slot slot) {
        columns.get(slot.column()).add(slot);
        return slot;
    }
}
