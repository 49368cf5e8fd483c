package io.edgewise.jobs.figure;

import java.util.List;
import java.util.function.Function;

/** The swapping of neighbours in a column wherever that makes fewer ribbons cross. */
final class Swaps {
    private static final int MOST_ROUNDS = 8;

    private Swaps() {}

    static void improve(List<List<Slot>> columns) {
        boolean swapped = true;
        for (int round = 0; swapped && round < MOST_ROUNDS; round++) {
            swapped = false;
            for (List<Slot> column : columns) {
                for (int i = 1; i < column.size(); i++) {
                    swapped |= improve(column, i);
                }
            }
        }
    }

    private static boolean improve(List<Slot> column, int lower) {
        Slot above = column.get(lower - 1);
        Slot below = column.get(lower);
        if (crossing(below, above) >= crossing(above, below)) {
            return false;
        }
        column.set(lower - 1, below);
        column.set(lower, above);
        below.setOrder(lower - 1);
        above.setOrder(lower);
        return true;
    }

    /** How much the ribbons of two neighbours lie across each other. */
    private static double crossing(Slot above, Slot below) {
        return crossing(above.before(), below.before(), Segment::from)
                + crossing(above.after(), below.after(), Segment::to);
    }

    private static double crossing(List<Segment> above, List<Segment> below, Function<Segment, Slot> end) {
        double area = 0;
        for (Segment upper : above) {
            for (Segment lower : below) {
                area += end.apply(upper).order() > end.apply(lower).order() ? Crossings.area(upper, lower) : 0;
            }
        }
        return area;
    }
}
