package io.edgewise.circuit;

import io.edgewise.circuit.EdgeCounts.Size;
import io.edgewise.uncertainty.Estimate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The curve of one area of the MIB benchmark: the faithfulness of circuits of ten sizes.
 *
 * @param points by size, ascending
 */
public record BenchmarkCurve(BenchmarkArea kind, List<Point> points) {
    /** The sizes, as shares of all edges; numbers of edges are rounded down. */
    public static final List<Double> SHARES = List.of(.001, .002, .005, .01, .02, .05, .1, .2, .5, 1.);

    public BenchmarkCurve {
        points = List.copyOf(points);
    }

    /**
     * A circuit of the curve.
     *
     * @param share the share of the edges that was asked for. It is the point's place on the axis, whatever size the circuit achieved
     * @param faithfulness see {@link Faithfulness}; taken as it is even where the prompts show no behaviour, as the benchmark does
     */
    public record Point(double share, Circuit circuit, Estimate faithfulness, long prompts) {}

    /**
     * The curve through the circuits of an area's sizes.
     *
     * @param circuits the area's circuits: those of {@link EdgeCounts.Rule#MIB}
     * @param differences the answer differences of these circuits, and of others
     * @param edges of the graph
     */
    public static BenchmarkCurve of(
            BenchmarkArea kind, List<Circuit> circuits, List<Measurement> differences, int edges) {
        Set<Circuit> own = Set.copyOf(circuits);
        Map<Integer, Measurement> bySize = differences.stream()
                .filter(measurement -> own.contains(measurement.circuit()))
                .collect(Collectors.toMap(
                        measurement -> measurement.circuit().requestedEdges(),
                        measurement -> measurement,
                        (one, other) -> one));
        Faithfulness faithfulness =
                new Faithfulness(at(0, bySize).estimate(), at(edges, bySize).estimate());
        return new BenchmarkCurve(
                kind,
                SHARES.stream()
                        .map(share -> {
                            Measurement measured = at(new Size.Share(share).of(edges), bySize);
                            return new Point(
                                    share,
                                    measured.circuit(),
                                    faithfulness.share(measured.estimate()),
                                    measured.prompts());
                        })
                        .toList());
    }

    private static Measurement at(int size, Map<Integer, Measurement> bySize) {
        return Objects.requireNonNull(bySize.get(size), () -> "A circuit of " + size + " edges was not measured");
    }

    /** The area under the curve, by the trapezoid rule. The curve begins at the first share, so it is .999 wide. */
    public Estimate area() {
        return Estimate.of(points.stream().map(this::height).toList(), this::area);
    }

    private double area(double[] heights) {
        double area = 0;
        for (int i = 1; i < heights.length; i++) {
            double width = points.get(i).share() - points.get(i - 1).share();
            area += width * (heights[i] + heights[i - 1]) / 2;
        }
        return area;
    }

    /** The curve's points as measurements under the area's name, each circuit once. */
    public List<Measurement> measurements() {
        return points.stream()
                .map(point -> new Measurement(point.circuit(), kind.metric(), height(point), point.prompts()))
                .distinct()
                .toList();
    }

    private Estimate height(Point point) {
        return point.faithfulness().map(kind::height);
    }
}
