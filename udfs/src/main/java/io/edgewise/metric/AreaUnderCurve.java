package io.edgewise.metric;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The area between a curve and its value without edges; AutoCircuit's {@code measurements_auc}. As there, on a logarithmic axis of values
 * that value is subtracted without a logarithm, and on a logarithmic axis of sizes the part before the first edge is left out.
 */
public final class AreaUnderCurve {
    /** The smallest area that is returned: AutoCircuit divides by areas. */
    private static final double SMALLEST = 1e-3;

    private AreaUnderCurve() {}

    /**
     * The area under straight lines between the points.
     *
     * @param curve value by number of edges
     * @return empty where the curve has no point without edges, or a value that is not a number
     */
    public static OptionalDouble of(Map<Integer, Double> curve, CurveAxes axes) {
        List<Map.Entry<Integer, Double>> points =
                curve.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        if (points.isEmpty() || points.get(0).getKey() != 0) {
            return OptionalDouble.empty();
        }
        double baseline = points.get(0).getValue();
        double area = 0;
        for (int i = axes.logX() ? 2 : 1; i < points.size(); i++) {
            Map.Entry<Integer, Double> before = points.get(i - 1);
            Map.Entry<Integer, Double> point = points.get(i);
            double width = x(point.getKey(), axes) - x(before.getKey(), axes);
            area += width * (y(before.getValue(), axes) + y(point.getValue(), axes) - 2 * baseline) / 2;
        }
        return Double.isNaN(area) ? OptionalDouble.empty() : OptionalDouble.of(Math.max(area, SMALLEST));
    }

    private static double x(int edges, CurveAxes axes) {
        return axes.logX() ? Math.log10(edges) : edges;
    }

    private static double y(double value, CurveAxes axes) {
        return axes.logY() ? Math.log10(Math.max(value, axes.yMin())) - Math.log10(axes.yMin()) : value;
    }
}
