package io.edgewise.circuit;

import io.edgewise.InputException;
import io.edgewise.graph.EdgeMask;
import io.edgewise.score.PruneScores;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How well scores tell a known circuit's edges from the others: the receiver operating characteristic; AutoCircuit's {@code
 * measure_task_roc}.
 *
 * @param points by size, from no edge to all
 */
public record RocCurve(List<Point> points) {
    public RocCurve {
        points = List.copyOf(points);
    }

    /**
     * A circuit compared with the known one.
     *
     * @param requestedEdges how many edges were asked for
     * @param achievedEdges how many edges it has
     * @param falsePositiveRate the share of the other edges that are in it
     * @param truePositiveRate the share of the known edges that are in it
     */
    public record Point(int requestedEdges, int achievedEdges, double falsePositiveRate, double truePositiveRate) {}

    /**
     * The curve of scores against a known circuit.
     *
     * @param known the known circuit: mask 1 for its edges
     * @param counts sizes of the circuits that scores give; no edge and all edges are added
     * @throws InputException where the known circuit has no edge or all
     */
    public static RocCurve of(PruneScores scores, EdgeMask known, List<Integer> counts) {
        int edges = scores.size();
        int positives = count(edges, edge -> known.values().get(edge) != 0);
        if (positives == 0 || positives == edges) {
            throw new InputException("A known circuit has some of the " + edges + " edges, got " + positives);
        }
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, 0, 0, 0));
        for (Circuit circuit : Circuit.of(scores, counts)) {
            IntPredicate in = circuit.of(scores);
            int right = count(edges, edge -> in.test(edge) && known.values().get(edge) != 0);
            double wrong = circuit.achievedEdges() - right;
            points.add(new Point(
                    circuit.requestedEdges(),
                    circuit.achievedEdges(),
                    wrong / (edges - positives),
                    (double) right / positives));
        }
        points.add(new Point(edges, edges, 1, 1));
        return new RocCurve(points);
    }

    /** The area under the curve, by the trapezoid rule: 1 where scores separate the known edges from the others perfectly, one half for chance. */
    public double area() {
        double area = 0;
        for (int i = 1; i < points.size(); i++) {
            Point before = points.get(i - 1);
            Point point = points.get(i);
            area += (point.falsePositiveRate() - before.falsePositiveRate())
                    * (point.truePositiveRate() + before.truePositiveRate())
                    / 2;
        }
        return area;
    }

    private static int count(int edges, IntPredicate condition) {
        return (int) IntStream.range(0, edges).filter(condition).count();
    }
}
