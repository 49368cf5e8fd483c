package io.edgewise.jobs.figure;

import java.util.List;

/** The last step of the layout: moves the slots up and down, in their order, until the ribbons are as straight as possible. */
final class Settling {
    private static final int PASSES = 60;
    /** The stiffness of the parts of ribbons. Long ribbons bend most easily in the middle, so they are stiffest there. */
    private static final double BOX_TO_BOX = 1;

    private static final double BOX_TO_LANE = 2;
    private static final double LANE_TO_LANE = 8;

    private Settling() {}

    static void straighten(PanelGraph graph) {
        List<List<Slot>> columns = graph.columns();
        for (int pass = 0; pass < PASSES; pass++) {
            for (int i = 0; i < columns.size(); i++) {
                settle(columns.get(pass % 2 == 0 ? i : columns.size() - 1 - i), graph.gaps());
            }
        }
    }

    private static void settle(List<Slot> column, Gaps gaps) {
        double[] wanted = new double[column.size()];
        double[] weights = new double[column.size()];
        for (int i = 0; i < wanted.length; i++) {
            Slot slot = column.get(i);
            for (Segment segment : slot.before()) {
                double weight = weight(segment);
                wanted[i] += weight * (segment.from().middle() + segment.leaves() - segment.enters());
                weights[i] += weight;
            }
            for (Segment segment : slot.after()) {
                double weight = weight(segment);
                wanted[i] += weight * (segment.to().middle() + segment.enters() - segment.leaves());
                weights[i] += weight;
            }
            wanted[i] /= weights[i];
        }
        Spacing.place(column, gaps, wanted, weights);
    }

    private static double weight(Segment segment) {
        boolean leavesLane = segment.from().isLane();
        boolean entersLane = segment.to().isLane();
        double stiffness =
                leavesLane && entersLane ? LANE_TO_LANE : leavesLane || entersLane ? BOX_TO_LANE : BOX_TO_BOX;
        return stiffness * segment.width();
    }
}
