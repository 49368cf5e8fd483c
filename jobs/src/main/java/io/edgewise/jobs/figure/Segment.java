package io.edgewise.jobs.figure;

/** The part of a ribbon between two neighbouring columns. */
final class Segment {
    private final Slot from;
    private final Slot to;
    private final int ribbon;
    private final double width;
    private double leaves;
    private double enters;

    /** A segment, which is added to its two slots. */
    Segment(Slot from, Slot to, int ribbon, double width) {
        this.from = from;
        this.to = to;
        this.ribbon = ribbon;
        this.width = width;
    }

    Slot from() {
        return from;
    }

    Slot to() {
        return to;
    }

    /** The number of the ribbon in its panel. */
    int ribbon() {
        return ribbon;
    }

    double width() {
        return width;
    }

    /** How far below the middle of its left slot the segment starts. */
    double leaves() {
        return leaves;
    }

    void setLeaves(double leaves) {
        this.leaves = leaves;
    }

    /** How far below the middle of its right slot the segment ends. */
    double enters() {
        return enters;
    }

    void setEnters(double enters) {
        this.enters = enters;
    }
}
