package io.edgewise.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewise.InputException;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.LiveEdges;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.TransformerGraph;
import io.edgewise.score.PruneScores;
import io.edgewise.score.RankedScores;
import io.edgewise.score.Ranking;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final ModelGraph GRAPH =
            TransformerGraph.sequential(2, 2, true).with(GraphSpec.DEFAULT);
    private static final List<Integer> SIZES =
            IntStream.rangeClosed(0, GRAPH.edgeCount()).boxed().toList();

    private static PruneScores scores(int seed) {
        Random random = new Random(seed);
        double[] values = new double[GRAPH.edgeCount()];
        Arrays.setAll(values, edge -> random.nextGaussian());
        return PruneScores.of(GRAPH, values);
    }

    private static double total(RankedScores scores, BitSet places, Ranking ranking) {
        return places.stream()
                .mapToDouble(place -> ranking.strength(scores.get(place)))
                .sum();
    }

    @Test
    void everyWayGivesAsManyEdgesAsWereAskedFor() {
        PruneScores scores = scores(1);
        BitSet consistent = new BitSet();
        consistent.set(0, GRAPH.edgeCount(), true);
        consistent.clear(3, 30);
        for (Selection selection : List.of(
                new Selection.Strongest(Ranking.SIGNED),
                new Selection.Consistent(Ranking.ABSOLUTE, consistent),
                new Selection.Ratio(0.4),
                new Selection.Connected(Ranking.ABSOLUTE, Duration.ofSeconds(30)))) {
            List<Circuit> circuits = selection.circuits(scores, SIZES);
            for (int size : SIZES) {
                assertThat(circuits.get(size).requestedEdges()).isEqualTo(size);
                assertThat(circuits.get(size).achievedEdges())
                        .as("%s", selection)
                        .isEqualTo(size);
                assertThat(circuits.get(size).places(scores).cardinality()).isEqualTo(size);
            }
        }
    }

    @Test
    void edgesWithoutADoubtfulSignComeFirst() {
        PruneScores scores = scores(2);
        BitSet consistent = new BitSet();
        consistent.set(5, 25);
        List<Circuit> circuits = new Selection.Consistent(Ranking.ABSOLUTE, consistent).circuits(scores, SIZES);
        for (int size : SIZES) {
            BitSet both = circuits.get(size).places(scores);
            both.and(consistent);
            assertThat(both.cardinality()).isEqualTo(Math.min(size, 20));
        }
        double weakestIn = circuits.get(10).places(scores).stream()
                .mapToDouble(place -> Math.abs(scores.get(place)))
                .min()
                .orElseThrow();
        consistent.andNot(circuits.get(10).places(scores));
        assertThat(consistent.stream().mapToDouble(place -> Math.abs(scores.get(place))))
                .allMatch(strength -> strength <= weakestIn);
    }

    @Test
    void aRatioOfNoneIsByAbsoluteAndOfAllBySignedScore() {
        PruneScores scores = scores(3);
        for (Ranking ranking : Ranking.values()) {
            double ratio = ranking == Ranking.SIGNED ? 1 : 0;
            List<Circuit> byRatio = new Selection.Ratio(ratio).circuits(scores, SIZES);
            List<Circuit> byRank = Circuit.of(scores, SIZES, ranking);
            for (int size : SIZES) {
                assertThat(byRatio.get(size).places(scores))
                        .isEqualTo(byRank.get(size).places(scores));
            }
        }
    }

    @Test
    void aRatioTakesItsShareBySignedScoreAndTheRestByAbsoluteScore() {
        PruneScores scores = scores(4);
        Circuit circuit = new Selection.Ratio(0.5).circuits(scores, List.of(21)).get(0);
        BitSet signed = Circuit.of(scores, List.of(10), Ranking.SIGNED).get(0).places(scores);
        BitSet rest = circuit.places(scores);
        rest.andNot(signed);
        assertThat(rest.cardinality()).isEqualTo(11);
        double weakest = rest.stream()
                .mapToDouble(place -> Math.abs(scores.get(place)))
                .min()
                .orElseThrow();
        BitSet out = new BitSet();
        out.set(0, GRAPH.edgeCount());
        out.andNot(circuit.places(scores));
        assertThat(out.stream().mapToDouble(place -> Math.abs(scores.get(place))))
                .allMatch(strength -> strength <= weakest);
    }

    @Test
    void everyEdgeOfAConnectedCircuitIsLiveAndItsTotalIsAtLeastThatOfTheLiveEdgesOfTheStrongest() {
        for (int seed = 0; seed < 5; seed++) {
            PruneScores scores = scores(seed);
            List<Circuit> strongest = Circuit.of(scores, SIZES);
            List<Circuit> connected =
                    new Selection.Connected(Ranking.ABSOLUTE, Duration.ofSeconds(30)).circuits(scores, SIZES);
            for (int size : SIZES) {
                BitSet places = connected.get(size).places(scores);
                assertThat(LiveEdges.of(GRAPH, places).edges()).isEqualTo(places);
                BitSet live =
                        LiveEdges.of(GRAPH, strongest.get(size).places(scores)).edges();
                assertThat(total(scores, places, Ranking.ABSOLUTE))
                        .isGreaterThanOrEqualTo(total(scores, live, Ranking.ABSOLUTE) - 1e-9);
            }
        }
    }

    @Test
    void aShareOrASizeThatThereIsNotIsRefused() {
        assertThatThrownBy(() -> new Selection.Ratio(1.5))
                .isInstanceOf(InputException.class)
                .hasMessage("--ratio must be between 0 and 1, got 1.5");
        for (Selection selection : List.of(
                new Selection.Consistent(Ranking.ABSOLUTE, new BitSet()),
                new Selection.Ratio(0.5),
                new Selection.Connected(Ranking.ABSOLUTE, Duration.ofSeconds(1)))) {
            assertThatThrownBy(() -> selection.circuits(scores(1), List.of(GRAPH.edgeCount() + 1)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("between 0 and " + GRAPH.edgeCount());
        }
    }
}
