package io.edgewise.jobs.figure;

import java.util.List;

/** A smooth cubic line from left to right that is horizontal at both ends, and keeps off the boxes that it passes. */
final class Curve {
    private static final double LONE_REACH = 0.5;
    /** The distance to the control points at which a cubic's x grows evenly. */
    private static final double REACH = 1.0 / 3;

    /** How many steps a column is checked in, and how many steps it takes to make a line straight there. */
    private static final int STEPS = 8;

    private final List<Stop> stops;
    /** For each stop, how far to the left and to the right of its middle the line is straight. */
    private final double[] straight;

    private Curve(List<Stop> stops) {
        this.stops = stops;
        straight = new double[stops.size()];
    }

    /** The data of an SVG path. */
    static String through(List<Stop> stops) {
        Curve curve = new Curve(stops);
        curve.keepOff();
        return curve.path();
    }

    /** Makes the line straighter in columns where it would lie over a box; a fully straight line lies over none. */
    private void keepOff() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 1; i < stops.size() - 1; i++) {
                double half = stops.get(i).half();
                if (straight[i] < half && strays(i)) {
                    straight[i] = Math.min(half, straight[i] + half / STEPS);
                    changed = true;
                }
            }
        }
    }

    private boolean strays(int at) {
        Stop stop = stops.get(at);
        for (int step = 1; step <= STEPS; step++) {
            double aside = stop.half() * step / STEPS;
            if (!stop.allows(y(at - 1, stop.x() - aside)) || !stop.allows(y(at, stop.x() + aside))) {
                return true;
            }
        }
        return false;
    }

    /** The line's height between a stop and the next one. */
    private double y(int from, double x) {
        double start = right(from);
        double end = left(from + 1);
        if (x <= start) {
            return line(from, x);
        }
        if (x >= end) {
            return line(from + 1, x);
        }
        double reach = REACH * (end - start);
        double t = (x - start) / (end - start);
        double left = 1 - t;
        return left * left * left * line(from, start)
                + 3 * left * left * t * line(from, start + reach)
                + 3 * left * t * t * line(from + 1, end - reach)
                + t * t * t * line(from + 1, end);
    }

    private String path() {
        StringBuilder path = new StringBuilder("M").append(point(0, right(0)));
        double share = stops.size() == 2 ? LONE_REACH : REACH;
        for (int to = 1; to < stops.size(); to++) {
            double start = right(to - 1);
            double end = left(to);
            double reach = share * (end - start);
            path.append('C').append(point(to - 1, start + reach));
            path.append(' ').append(point(to, end - reach));
            path.append(' ').append(point(to, end));
            if (straight[to] > 0) {
                path.append('L').append(point(to, right(to)));
            }
        }
        return path.toString();
    }

    private double left(int at) {
        return stops.get(at).x() - straight[at];
    }

    private double right(int at) {
        return stops.get(at).x() + straight[at];
    }

    /** The height at x of the straight line that touches the curve at a stop. */
    private double line(int at, double x) {
        return stops.get(at).y() + slope(at) * (x - stops.get(at).x());
    }

    /** Fritsch and Butland's slopes, which keep a line from overshooting its stops; no steeper than the slack allows. */
    private double slope(int at) {
        if (at == 0 || at == stops.size() - 1) {
            return 0;
        }
        Stop stop = stops.get(at);
        double left = stop.x() - stops.get(at - 1).x();
        double right = stops.get(at + 1).x() - stop.x();
        double come = (stop.y() - stops.get(at - 1).y()) / left;
        double go = (stops.get(at + 1).y() - stop.y()) / right;
        if (come * go <= 0) {
            return 0;
        }
        double slope = 3 * (left + right) / ((2 * right + left) / come + (right + 2 * left) / go);
        double steepest = straight[at] == 0 ? Double.POSITIVE_INFINITY : stop.slack() / straight[at];
        return Math.max(-steepest, Math.min(steepest, slope));
    }

    private String point(int at, double x) {
        return Coordinate.text(x) + "," + Coordinate.text(line(at, x));
    }
}
