package io.edgewise.jobs.figure;

import io.edgewise.jobs.figure.Drawing.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** The middle of a drawn ribbon, as points close to each other. */
record Ribbon(List<Point> points, double width) {
    /** A point of the drawing. */
    record Point(double x, double y) {}

    private static final Pattern STEP = Pattern.compile("([MCL])([^MCL]+)");
    private static final int POINTS = 40;

    static Ribbon of(Element link) {
        List<Point> points = new ArrayList<>();
        for (MatchResult step : STEP.matcher(link.getAttribute("d")).results().toList()) {
            List<Point> stops = new ArrayList<>();
            for (String stop : step.group(2).split(" ", -1)) {
                String[] numbers = stop.split(",", -1);
                stops.add(new Point(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])));
            }
            follow(points, step.group(1), stops);
        }
        return new Ribbon(points, Drawing.number(link, "stroke-width"));
    }

    private static void follow(List<Point> points, String step, List<Point> stops) {
        if (step.equals("M")) {
            points.add(stops.get(0));
            return;
        }
        Point from = points.get(points.size() - 1);
        Point to = stops.get(stops.size() - 1);
        Point leaving = step.equals("C") ? stops.get(0) : from;
        Point arriving = step.equals("C") ? stops.get(1) : to;
        for (int i = 1; i <= POINTS; i++) {
            double t = (double) i / POINTS;
            points.add(new Point(
                    cubic(t, from.x(), leaving.x(), arriving.x(), to.x()),
                    cubic(t, from.y(), leaving.y(), arriving.y(), to.y())));
        }
    }

    private static double cubic(double t, double from, double leaving, double arriving, double to) {
        double left = 1 - t;
        return left * left * left * from + 3 * left * left * t * leaving + 3 * left * t * t * arriving + t * t * t * to;
    }

    Point start() {
        return points.get(0);
    }

    Point end() {
        return points.get(points.size() - 1);
    }

    /** Whether it lies behind a box; the sides that it starts and ends at are no part of a box. */
    boolean runsThrough(Box box) {
        return points.stream()
                .anyMatch(point -> point.x() > box.left() + 1
                        && point.x() < box.right() - 1
                        && point.y() + width / 2 > box.top()
                        && point.y() - width / 2 < box.bottom());
    }
}
