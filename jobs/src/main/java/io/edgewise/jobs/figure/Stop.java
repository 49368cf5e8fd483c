package io.edgewise.jobs.figure;

import java.util.List;

/**
 * A point that a ribbon's middle passes through, and how far the ribbon may stray there without lying over a box.
 *
 * @param half half of the column's width; 0 at the ends of the ribbon
 * @param low the least y in the column
 * @param high the greatest y in the column
 */
record Stop(double x, double y, double half, double low, double high) {
    /** The least distance of a ribbon's edge from a box that it passes. */
    private static final double CLEAR = 2;

    /** Where a ribbon meets a box. */
    static Stop end(double x, double y) {
        return new Stop(x, y, 0, y, y);
    }

    /** Where a ribbon passes a column. */
    static Stop past(Columns.Column place, Slot lane, List<Slot> column) {
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        double distance = lane.height() / 2 + CLEAR;
        for (Slot slot : column) {
            if (!slot.isLane() && slot.order() < lane.order()) {
                low = Math.max(low, slot.bottom() + distance);
            } else if (!slot.isLane()) {
                high = Math.min(high, slot.top() - distance);
            }
        }
        return new Stop(place.middle(), lane.middle(), place.width() / 2, low, high);
    }

    boolean allows(double passing) {
        return low <= passing && passing <= high;
    }

    /** How far the ribbon may be from y, both upwards and downwards. */
    double slack() {
        return Math.min(y - low, high - y);
    }
}
