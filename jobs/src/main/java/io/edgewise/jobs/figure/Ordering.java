package io.edgewise.jobs.figure;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The ordering of the slots in every column, so that few ribbons cross. It sweeps to and fro and keeps the best result. */
final class Ordering {
    private static final int SWEEPS = 24;

    private final List<List<Slot>> columns;
    private final Gaps gaps;
    private List<List<Slot>> best;
    private double least;

    private Ordering(PanelGraph graph) {
        columns = graph.columns();
        gaps = graph.gaps();
        columns.forEach(this::stack);
        best = copy();
        least = Crossings.area(columns);
    }

    static void improve(PanelGraph graph) {
        Ordering ordering = new Ordering(graph);
        List<List<Slot>> first = ordering.best;
        // Continuing from swapped neighbours finds better orders for some circuits and worse ones for others.
        ordering.search(false);
        ordering.arrange(first);
        ordering.search(true);
        ordering.arrange(ordering.best);
    }

    private void search(boolean fromSwapped) {
        for (int sweep = 0; sweep < SWEEPS && least > 0; sweep++) {
            sweep(sweep % 2 == 0);
            List<List<Slot>> swept = copy();
            Swaps.improve(columns);
            double area = Crossings.area(columns);
            if (area < least) {
                least = area;
                best = copy();
            }
            arrange(fromSwapped ? copy() : swept);
        }
    }

    /** Moves every slot to the mean place of its neighbours in the column before. */
    private void sweep(boolean rightwards) {
        Map<Slot, Double> middles = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            List<Slot> column = columns.get(rightwards ? i : columns.size() - 1 - i);
            for (Slot slot : column) {
                double middle = rightwards
                        ? middle(slot, slot.before(), Segment::from)
                        : middle(slot, slot.after(), Segment::to);
                middles.put(slot, middle);
            }
            arrange(
                    column,
                    column.stream()
                            .sorted(Comparator.comparingDouble(middles::get))
                            .toList());
        }
    }

    private static double middle(Slot slot, List<Segment> side, Function<Segment, Slot> end) {
        double sum = 0;
        double weight = 0;
        for (Segment segment : side) {
            sum += segment.width() * end.apply(segment).middle();
            weight += segment.width();
        }
        return weight == 0 ? slot.middle() : sum / weight;
    }

    private void arrange(List<List<Slot>> orders) {
        for (int i = 0; i < columns.size(); i++) {
            arrange(columns.get(i), orders.get(i));
        }
    }

    private void arrange(List<Slot> column, List<Slot> order) {
        for (int i = 0; i < column.size(); i++) {
            column.set(i, order.get(i));
        }
        stack(column);
    }

    /** Numbers the slots, and stacks them around a middle of 0. */
    private void stack(List<Slot> column) {
        double middle = 0;
        for (int i = 0; i < column.size(); i++) {
            Slot slot = column.get(i);
            middle += i == 0 ? 0 : gaps.distance(column.get(i - 1), slot);
            slot.setOrder(i);
            slot.setMiddle(middle);
        }
        for (Slot slot : column) {
            slot.setMiddle(slot.middle() - middle / 2);
        }
    }

    private List<List<Slot>> copy() {
        return columns.stream().map(List::copyOf).toList();
    }
}
