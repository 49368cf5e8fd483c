package io.edgewise.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.TransformerGraph;
import io.edgewise.score.PruneScores;
import io.edgewise.score.Ranking;
import io.edgewise.uncertainty.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BenchmarkCurveTest {
    private static final int EDGES = 1000;

    /**
     * Without edges 2, with all 12, so a unit is a tenth. The ten sizes keep 0, 0, 0, 0, 0, 10, 10, 20, 10 and 10 tenths, so
     * the curve is 0 up to 2%, rises to 1 at 5%, stays to 10%, rises to 2 at 20%, falls to 1 at 50% and stays.
     */
    private static List<Measurement> differences(Ranking ranking) {
        int[] sizes = {0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
        int[] values = {2, 2, 2, 2, 2, 2, 12, 12, 22, 12, 12};
        List<Measurement> measurements = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            Circuit circuit =
                    new Circuit(ranking, sizes[i], sizes[i] + 3, new Members.AtLeast(ranking, 1.0 / (1 + sizes[i])));
            measurements.add(new Measurement(circuit, "answer_diff", Estimate.of(values[i]), 7));
        }
        return measurements;
    }

    /** The curve of the circuits of an area's own ranking. */
    private static BenchmarkCurve curve(BenchmarkArea area, List<Measurement> measurements) {
        List<Circuit> own = measurements.stream()
                .map(Measurement::circuit)
                .filter(circuit -> circuit.ranking() == area.ranking())
                .toList();
        return BenchmarkCurve.of(area, own, measurements, EDGES);
    }

    @Test
    void performanceIsTheAreaUnderFaithfulness() {
        BenchmarkCurve curve = curve(BenchmarkArea.CPR, differences(Ranking.SIGNED));
        assertThat(curve.points().stream().map(point -> point.faithfulness().value()))
                .containsExactly(0., 0., 0., 0., 0., 1., 1., 2., 1., 1.);
        // .03 * 1/2 + .05 * 1 + .1 * 3/2 + .3 * 3/2 + .5 * 1
        assertThat(curve.area().value()).isCloseTo(.015 + .05 + .15 + .45 + .5, within(1e-15));
    }

    @Test
    void distanceIsTheAreaBetweenFaithfulnessAndOne() {
        BenchmarkCurve curve = curve(BenchmarkArea.CMD, differences(Ranking.ABSOLUTE));
        // 1 up to 2%, to 0 at 5%, to 1 at 20%, and back to 0 at 50%: .019 + .03/2 + .1/2 + .3/2
        assertThat(curve.area().value()).isCloseTo(.019 + .015 + .05 + .15, within(1e-15));
        assertThat(curve.measurements()).hasSize(10);
        assertThat(curve.measurements().get(0).metric()).isEqualTo("cmd");
        assertThat(curve.measurements().stream().map(Measurement::value))
                .containsExactly(1., 1., 1., 1., 1., 0., 0., 1., 0., 0.);
    }

    /** Whatever a circuit achieved, its place on the axis is the share that was asked for, as the benchmark's. */
    @Test
    void aCircuitStandsWhereItWasAskedFor() {
        BenchmarkCurve curve = curve(BenchmarkArea.CPR, differences(Ranking.SIGNED));
        assertThat(curve.points().get(5).share()).isEqualTo(.05);
        assertThat(curve.points().get(5).circuit().requestedEdges()).isEqualTo(50);
        assertThat(curve.points().get(5).circuit().achievedEdges()).isEqualTo(53);
    }

    @Test
    void eachAreaTakesItsOwnCircuits() {
        List<Measurement> both = new ArrayList<>(differences(Ranking.ABSOLUTE));
        differences(Ranking.SIGNED).stream()
                .map(measured -> new Measurement(measured.circuit(), "answer_diff", Estimate.of(-measured.value()), 7))
                .forEach(both::add);
        assertThat(curve(BenchmarkArea.CPR, both).points())
                .allSatisfy(point -> assertThat(point.circuit().ranking()).isEqualTo(Ranking.SIGNED));
        assertThat(curve(BenchmarkArea.CMD, both).points())
                .allSatisfy(point -> assertThat(point.circuit().ranking()).isEqualTo(Ranking.ABSOLUTE));
    }

    @Test
    void aSignedCircuitHasTheHighestScoresAndAnAbsoluteOneTheLargest() {
        ModelGraph graph = TransformerGraph.sequential(2, 4, true).with(GraphSpec.DEFAULT);
        double[] values = new double[graph.edgeCount()];
        values[4] = -5;
        values[6] = 3;
        values[9] = 2;
        values[11] = 2;
        PruneScores scores = PruneScores.of(graph, values);
        assertThat(scores.ranking(Ranking.SIGNED))
                .startsWith(6, 9, 11, 0, 1, 2, 3, 5)
                .endsWith(109, 4);
        assertThat(scores.ranking(Ranking.ABSOLUTE)).startsWith(4, 6, 9, 11, 0, 1);
        assertThat(edges(scores, 1, Ranking.ABSOLUTE)).containsExactly(4);
        assertThat(edges(scores, 1, Ranking.SIGNED)).containsExactly(6);
        assertThat(edges(scores, 2, Ranking.SIGNED)).containsExactly(6, 9, 11);
        assertThat(edges(scores, 109, Ranking.SIGNED)).hasSize(109).doesNotContain(4);
        assertThat(edges(scores, 0, Ranking.SIGNED)).isEmpty();
        assertThat(EdgeCounts.Rule.MIB.of(scores)).containsExactly(0, 1, 2, 5, 11, 22, 55, 110);
    }

    private static List<Integer> edges(PruneScores scores, int count, Ranking ranking) {
        Circuit circuit = Circuit.of(scores, List.of(count), ranking).get(0);
        return IntStream.range(0, scores.size())
                .filter(circuit.of(scores))
                .boxed()
                .toList();
    }
}
