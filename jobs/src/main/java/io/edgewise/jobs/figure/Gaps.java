package io.edgewise.jobs.figure;

/**
 * The gaps between the slots of a column, which are larger where there are few edges.
 *
 * @param boxes between two boxes
 * @param lanes between two lanes
 * @param mixed between a box and a lane
 */
record Gaps(double boxes, double lanes, double mixed) {
    /** Up to this many edges have the largest gaps. */
    private static final double FEW_EDGES = 20;

    private static final Gaps WIDE = new Gaps(22, 9, 12);
    private static final Gaps NARROW = new Gaps(12, 1.5, 7);

    static Gaps of(int edges) {
        double wide = Math.min(1, FEW_EDGES / edges);
        return new Gaps(
                between(NARROW.boxes, WIDE.boxes, wide),
                between(NARROW.lanes, WIDE.lanes, wide),
                between(NARROW.mixed, WIDE.mixed, wide));
    }

    /** How far apart the middles of a slot and of the slot right below it must be. */
    double distance(Slot above, Slot below) {
        double gap = above.isLane() && below.isLane() ? lanes : above.isLane() || below.isLane() ? mixed : boxes;
        return (above.height() + below.height()) / 2 + gap;
    }

    private static double between(double low, double high, double share) {
        return low + (high - low) * share;
    }
}
