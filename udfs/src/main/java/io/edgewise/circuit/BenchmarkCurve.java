package io.edgewise.circuit;

import io.edgewise.circuit.EdgeCounts.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What an area of the MIB benchmark is made of: how faithful circuits of ten sizes are.
 *
 * @param points by size, ascending
 */
public record BenchmarkCurve(BenchmarkArea kind, List<Point> points) {
    /** The sizes, as shares of all edges; as many edges as a share makes, rounded down. */
    public static final List<Double> SHARES = List.of(.001, .002, .005, .01, .02, .05, .1, .2, .5, 1.);

    public BenchmarkCurve {
        points = List.copyOf(points);
    }

    /**
     * A circuit of the curve.
     *
     * @param share of the edges that was asked for: its place on the axis, whatever it achieved
     * @param faithfulness {@code (m(circuit) - m(no edge)) / (m(all edges) - m(no edge))}, m the mean answer difference over
     *     the prompts
     */
    public record Point(double share, Circuit circuit, double faithfulness, long prompts) {}

    /**
     * The curve through the circuits of an area's sizes.
     *
     * @param differences the answer difference of the area's circuits, those of {@link EdgeCounts.Rule#MIB} at least
     * @param edges of the graph
     */
    public static BenchmarkCurve of(BenchmarkArea kind, List<Measurement> differences, int edges) {
        Map<Integer, Measurement> bySize = differences.stream()
                .filter(measurement -> measurement.circuit().ranking() == kind.ranking())
                .collect(Collectors.toMap(
                        measurement -> measurement.circuit().requestedEdges(),
                        measurement -> measurement,
                        (one, other) -> one));
        double none = at(0, bySize).value();
        double all = at(edges, bySize).value();
        return new BenchmarkCurve(
                kind,
                SHARES.stream()
                        .map(share -> {
                            Measurement measured = at(new Size.Share(share).of(edges), bySize);
                            double kept = (measured.value() - none) / (all - none);
                            return new Point(share, measured.circuit(), kept, measured.prompts());
                        })
                        .toList());
    }

    private static Measurement at(int size, Map<Integer, Measurement> bySize) {
        return Objects.requireNonNull(bySize.get(size), () -> "A circuit of " + size + " edges was not measured");
    }

    /** The area under the curve, by the trapezoid rule; the curve begins at the first share, so that it is .999 wide. */
    public double area() {
        double area = 0;
        for (int i = 1; i < points.size(); i++) {
            Point before = points.get(i - 1);
            Point point = points.get(i);
            area += (point.share() - before.share()) * (height(point) + height(before)) / 2;
        }
        return area;
    }

    /** The curve's points as measurements of the area's name, each circuit once. */
    public List<Measurement> measurements() {
        return points.stream()
                .map(point -> new Measurement(point.circuit(), kind.metric(), height(point), point.prompts()))
                .distinct()
                .toList();
    }

    private double height(Point point) {
        return kind.height(point.faithfulness());
    }
}
