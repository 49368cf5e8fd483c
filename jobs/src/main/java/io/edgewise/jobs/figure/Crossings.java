package io.edgewise.jobs.figure;

import java.util.Comparator;
import java.util.List;

/** The area in which ribbons cross each other, from the orders of the columns. */
final class Crossings {
    private static final Comparator<Segment> FROM_TOP = Comparator.<Segment>comparingInt(
                    segment -> segment.from().order())
            .thenComparingInt(segment -> segment.to().order());

    private Crossings() {}

    static double area(List<List<Slot>> columns) {
        double area = 0;
        for (int left = 0; left + 1 < columns.size(); left++) {
            area += area(columns.get(left), columns.get(left + 1).size());
        }
        return area;
    }

    /** Each segment crosses those that start above it and end below it: a Fenwick tree holds the widths by end. */
    private static double area(List<Slot> left, int ends) {
        double[] tree = new double[ends + 1];
        double area = 0;
        double total = 0;
        for (Segment segment : left.stream()
                .flatMap(slot -> slot.after().stream())
                .sorted(FROM_TOP)
                .toList()) {
            int end = segment.to().order() + 1;
            area += segment.width() * (total - sum(tree, end));
            total += segment.width();
            for (int i = end; i <= ends; i += i & -i) {
                tree[i] += segment.width();
            }
        }
        return area;
    }

    static double area(Segment one, Segment other) {
        return one.width() * other.width();
    }

    private static double sum(double[] tree, int end) {
        double sum = 0;
        for (int i = end; i > 0; i -= i & -i) {
            sum += tree[i];
        }
        return sum;
    }
}
