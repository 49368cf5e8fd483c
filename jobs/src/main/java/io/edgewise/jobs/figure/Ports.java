package io.edgewise.jobs.figure;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/** The places where ribbons meet the sides of the boxes: one below the other, in the order of the slots they go to. */
final class Ports {
    private static final double WIDEST_GAP = 3;

    private Ports() {}

    static void place(PanelGraph graph) {
        for (List<Slot> column : graph.columns()) {
            for (Slot slot : column) {
                side(slot, slot.before(), segment -> segment.from().order(), Segment::setEnters);
                side(slot, slot.after(), segment -> segment.to().order(), Segment::setLeaves);
            }
        }
    }

    private static void side(Slot slot, List<Segment> side, ToIntFunction<Segment> order, Setter setter) {
        List<Segment> sorted = side.stream()
                .sorted(Comparator.comparingInt(order).thenComparingInt(Segment::ribbon))
                .toList();
        double used = side.stream().mapToDouble(Segment::width).sum();
        double gap = Math.min(WIDEST_GAP, (slot.height() - used) / (side.size() + 1));
        double top = -(used + gap * (side.size() - 1)) / 2;
        for (Segment segment : sorted) {
            setter.set(segment, top + segment.width() / 2);
            top += segment.width() + gap;
        }
    }

    private interface Setter {
        void set(Segment segment, double offset);
    }
}
