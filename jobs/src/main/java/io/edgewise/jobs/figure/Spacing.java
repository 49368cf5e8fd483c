package io.edgewise.jobs.figure;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The placing of a column's slots: as close as possible to where they should be, in their order and far enough apart. */
final class Spacing {
    private Spacing() {}

    /**
     * Places slots by least squares. With the distances between neighbours subtracted this is an isotonic regression, which is solved by
     * pooling adjacent violators.
     */
    static void place(List<Slot> column, Gaps gaps, double[] wanted, double[] weights) {
        double[] offsets = offsets(column, gaps);
        Deque<Pool> pools = new ArrayDeque<>();
        for (int i = 0; i < wanted.length; i++) {
            Pool pool = new Pool(wanted[i] - offsets[i], weights[i], 1);
            while (!pools.isEmpty() && pools.getLast().middle() > pool.middle()) {
                pool = pools.removeLast().with(pool);
            }
            pools.addLast(pool);
        }
        int i = 0;
        for (Pool pool : pools) {
            for (int end = i + pool.slots(); i < end; i++) {
                column.get(i).setMiddle(pool.middle() + offsets[i]);
            }
        }
    }

    /** How far below the first slot the others are where all are as close as can be. */
    private static double[] offsets(List<Slot> column, Gaps gaps) {
        double[] offsets = new double[column.size()];
        for (int i = 1; i < offsets.length; i++) {
            offsets[i] = offsets[i - 1] + gaps.distance(column.get(i - 1), column.get(i));
        }
        return offsets;
    }

    private record Pool(double middle, double weight, int slots) {
        Pool with(Pool below) {
            double sum = weight + below.weight;
            return new Pool((middle * weight + below.middle * below.weight) / sum, sum, slots + below.slots);
        }
    }
}
