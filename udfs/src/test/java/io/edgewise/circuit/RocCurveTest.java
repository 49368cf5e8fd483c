package io.edgewise.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.Golden;
import io.edgewise.InputException;
import io.edgewise.circuit.EdgeCounts.Rule;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.TransformerGraph;
import io.edgewise.score.GroundTruth;
import io.edgewise.score.PruneScores;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RocCurveTest {

    static Stream<Arguments> goldens() {
        return Golden.VARIANTS.stream().map(Golden::of).flatMap(golden -> {
            Iterable<String> names = () -> golden.info().get("roc").fieldNames();
            return StreamSupport.stream(names.spliterator(), false).map(key -> Arguments.of(golden, key));
        });
    }

    /** Keys are {@code <known circuit>|<score key>|all_edges=<boolean>}. */
    @ParameterizedTest
    @MethodSource("goldens")
    void pointsAreAutoCircuits(Golden golden, String key) {
        String[] parts = key.split("\\|", -1);
        ModelGraph graph = golden.model().graph();
        PruneScores scores = PruneScores.fromTensors(graph, golden.scores(parts[1]), parts[1]);
        EdgeMask known = EdgeMask.of(graph, known(golden, parts[0]));
        Rule rule = parts[2].equals("all_edges=True") ? Rule.ALL : Rule.DEFAULT;
        List<RocCurve.Point> points =
                RocCurve.of(scores, known, rule.of(scores)).points();
        JsonNode expected = golden.info().get("roc").get(key);
        assertThat(points).hasSize(expected.size());
        for (int i = 0; i < points.size(); i++) {
            assertThat(points.get(i).falsePositiveRate())
                    .isCloseTo(expected.get(i).get(0).asDouble(), within(1e-12));
            assertThat(points.get(i).truePositiveRate())
                    .isCloseTo(expected.get(i).get(1).asDouble(), within(1e-12));
        }
    }

    @Test
    void groundTruthScoresAreAutoCircuits() {
        for (String variant : List.of("tracr-reverse/qkv", "tracr-reverse/tok")) {
            Golden golden = Golden.of(variant);
            ModelGraph graph = golden.model().graph();
            for (String circuit : List.of("true", "acdc")) {
                String key = "ground_truth/" + circuit;
                double[] scores = new GroundTruth(known(golden, circuit)).finish(graph, new double[0], 1);
                assertThat(PruneScores.of(graph, scores).descendingMagnitudes())
                        .containsExactly(PruneScores.fromTensors(graph, golden.scores(key), key)
                                .descendingMagnitudes());
                for (int edge = 0; edge < scores.length; edge++) {
                    assertThat(scores[edge])
                            .isEqualTo(PruneScores.fromTensors(graph, golden.scores(key), key)
                                    .get(edge));
                }
            }
        }
    }

    @Test
    void theAreaIsOneForScoresThatTellAllApartAndOneHalfForNone() {
        ModelGraph graph = TransformerGraph.sequential(1, 1, true).with(GraphSpec.DEFAULT);
        EdgeMask known = EdgeMask.where(graph, edge -> edge < 3);
        PruneScores right = PruneScores.of(known, graph);
        assertThat(RocCurve.of(right, known, Rule.ALL.of(right)).area()).isEqualTo(1);
        PruneScores none = PruneScores.filled(graph, 1);
        assertThat(RocCurve.of(none, known, Rule.ALL.of(none)).area()).isEqualTo(0.5);
        assertThatThrownBy(() -> RocCurve.of(right, EdgeMask.where(graph, edge -> false), List.of(1)))
                .isInstanceOf(InputException.class)
                .hasMessage("A known circuit has some of the 8 edges, got 0");
    }

    private static List<String> known(Golden golden, String circuit) {
        List<String> names = new ArrayList<>();
        for (JsonNode edge : golden.info().get("official_edges").get(circuit)) {
            names.add(edge.get(0).asText() + (edge.get(1).isNull() ? "" : "[" + edge.get(1) + "]"));
        }
        return names;
    }
}
