package io.edgewise.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.Golden;
import io.edgewise.InputException;
import io.edgewise.circuit.EdgeCounts.Rule;
import io.edgewise.circuit.EdgeCounts.Size;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.TransformerGraph;
import io.edgewise.score.PruneScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EdgeCountsTest {
    private final ModelGraph graph = TransformerGraph.sequential(2, 4, true).with(GraphSpec.DEFAULT);

    static Stream<Golden> variants() {
        return Golden.VARIANTS.stream().map(Golden::of);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void theRulesAndThresholdsAreAutoCircuits(Golden variant) {
        variant.info().get("edge_counts").properties().forEach(entry -> {
            String key = entry.getKey();
            PruneScores scores = PruneScores.fromTensors(variant.model().graph(), variant.scores(key), key);
            JsonNode golden = entry.getValue();
            assertThat(Rule.DEFAULT.of(scores)).as(key).isEqualTo(ints(golden.get("default")));
            assertThat(Rule.GROUPS.of(scores)).as(key).isEqualTo(ints(golden.get("GROUPS")));
            assertThat(Rule.LOGARITHMIC.of(scores)).as(key).isEqualTo(ints(golden.get("LOGARITHMIC")));
            assertThat(Rule.ALL.of(scores))
                    .as(key)
                    .hasSize(golden.get("ALL_len").asInt());
            golden.get("thresholds").properties().forEach(threshold -> {
                int count = Integer.parseInt(threshold.getKey());
                assertThat(((Members.AtLeast) Circuit.of(scores, List.of(count))
                                        .get(0)
                                        .members())
                                .threshold())
                        .as(key)
                        .isEqualTo(
                                threshold.getValue().asText().equals("inf")
                                        ? Double.POSITIVE_INFINITY
                                        : threshold.getValue().asDouble());
            });
        });
    }

    @Test
    void logarithmicCountsHaveOneLeadingDigit() {
        PruneScores scores = scores(TransformerGraph.sequential(3, 4, true).with(GraphSpec.DEFAULT));
        assertThat(Rule.LOGARITHMIC.of(scores))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 200, 262);
        assertThat(Rule.DEFAULT.of(scores)).isEqualTo(Rule.LOGARITHMIC.of(scores));
        assertThat(Rule.ALL.of(scores)).hasSize(263).startsWith(0, 1).endsWith(261, 262);
    }

    @Test
    void listedCountsAreOrderedAndGetTheEndsWhereThereAreMoreThanTwo() {
        PruneScores scores = scores(graph);
        assertThat(listed(new Size.Edges(10), new Size.Edges(5)).of(scores)).containsExactly(5, 10);
        assertThat(listed(new Size.Edges(10), new Size.Edges(5), new Size.Edges(7))
                        .of(scores))
                .containsExactly(0, 5, 7, 10, 110);
        assertThat(listed(new Size.Share(0.1), new Size.Share(0.5), new Size.Share(0.019))
                        .of(scores))
                .containsExactly(0, 2, 11, 55, 110);
    }

    @Test
    void aCountBeyondTheGraphIsRefused() {
        assertThatThrownBy(() -> listed(new Size.Edges(111)).of(scores(graph)))
                .isInstanceOf(InputException.class)
                .hasMessage("Edge count must be between 0 and 110, got 111");
        assertThatThrownBy(() -> Circuit.of(scores(graph), List.of(-1))).hasMessageContaining("got -1");
    }

    @Test
    void tiesAtTheThresholdAreAllIn() {
        double[] values = new double[graph.edgeCount()];
        values[3] = 5;
        values[7] = -2;
        values[8] = 2;
        values[9] = 2;
        values[20] = 1;
        PruneScores scores = PruneScores.of(graph, values);
        List<Circuit> circuits = Circuit.of(scores, List.of(0, 1, 2, 3, 4, 5, 6));
        assertThat(circuits.stream().map(Circuit::achievedEdges)).containsExactly(0, 1, 4, 4, 4, 5, 110);
        assertThat(circuits.stream().map(Circuit::requestedEdges)).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(Rule.GROUPS.of(scores)).containsExactly(0, 1, 4, 5, 110);
        assertThat(Rule.DEFAULT.of(scores)).isEqualTo(Rule.GROUPS.of(scores));
        assertThat(Arrays.stream(circuits.get(2)
                                .mask(scores, PatchType.EDGE_PATCH)
                                .values()
                                .toArray())
                        .sum())
                .isEqualTo(4);
        assertThat(Arrays.stream(circuits.get(2)
                                .mask(scores, PatchType.TREE_PATCH)
                                .values()
                                .toArray())
                        .sum())
                .isEqualTo(106);
    }

    private static EdgeCounts.Listed listed(Size... sizes) {
        return new EdgeCounts.Listed(List.of(sizes));
    }

    /** Scores that all differ. */
    private static PruneScores scores(ModelGraph graph) {
        return PruneScores.of(
                graph,
                IntStream.range(0, graph.edgeCount())
                        .mapToDouble(edge -> (edge % 2 == 0 ? 1 : -1) * (edge + 1))
                        .toArray());
    }

    private static List<Integer> ints(JsonNode array) {
        List<Integer> ints = new ArrayList<>();
        array.forEach(item -> ints.add(item.asInt()));
        return ints;
    }
}
