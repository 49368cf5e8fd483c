package io.edgewise.jobs.figure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place in a column: a node's box, or the lane that a ribbon takes past the column. */
final class Slot {
    private static final double LOWEST_BOX = 22;

    private final @Nullable String node;
    private final int column;
    private final List<Segment> before = new ArrayList<>();
    private final List<Segment> after = new ArrayList<>();
    private double widthBefore;
    private double widthAfter;
    private int order;
    private double middle;

    private Slot(@Nullable String node, int column) {
        this.node = node;
        this.column = column;
    }

    static Slot box(String node, int column) {
        return new Slot(node, column);
    }

    static Slot lane(int column) {
        return new Slot(null, column);
    }

    /** The name of the node; null for a lane. */
    @Nullable
    String node() {
        return node;
    }

    boolean isLane() {
        return node == null;
    }

    int column() {
        return column;
    }

    /** The segments that come from the left. */
    List<Segment> before() {
        return before;
    }

    /** The segments that go on to the right. */
    List<Segment> after() {
        return after;
    }

    void comes(Segment segment) {
        before.add(segment);
        widthBefore += segment.width();
    }

    void goes(Segment segment) {
        after.add(segment);
        widthAfter += segment.width();
    }

    double height() {
        double widest = Math.max(widthBefore, widthAfter);
        return isLane() ? widest : Math.max(LOWEST_BOX, widest);
    }

    /** The place in the column, from the top, from 0. */
    int order() {
        return order;
    }

    void setOrder(int order) {
        this.order = order;
    }

    double middle() {
        return middle;
    }

    void setMiddle(double middle) {
        this.middle = middle;
    }

    double top() {
        return middle - height() / 2;
    }

    double bottom() {
        return middle + height() / 2;
    }
}
