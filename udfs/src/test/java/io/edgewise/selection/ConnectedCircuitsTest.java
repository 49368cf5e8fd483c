package io.edgewise.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.InputException;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.GraphSpec.KeyValueEdges;
import io.edgewise.graph.LiveEdges;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.TransformerGraph;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectedCircuitsTest {
    private static final Duration ENOUGH = Duration.ofMinutes(10);
    private static final double ROUNDING = 1e-9;

    private static final ModelGraph TWO_BLOCKS =
            TransformerGraph.sequential(2, 4, true).with(GraphSpec.DEFAULT);

    static Stream<ModelGraph> smallGraphs() {
        return Stream.of(
                TransformerGraph.sequential(1, 1, true).with(GraphSpec.DEFAULT),
                TransformerGraph.sequential(1, 2, true).with(GraphSpec.DEFAULT),
                TransformerGraph.sequential(2, 1, false).with(GraphSpec.DEFAULT),
                TransformerGraph.sequential(2, 2, false).with(new GraphSpec(true, false, KeyValueEdges.HEAD, null)),
                new TransformerGraph(1, 2, 1, true, true).with(new GraphSpec(true, true, KeyValueEdges.GROUP, null)),
                new TransformerGraph(1, 4, 2, false, false).with(new GraphSpec(true, true, KeyValueEdges.GROUP, null)),
                TransformerGraph.sequential(2, 2, true).with(new GraphSpec(false, true, KeyValueEdges.HEAD, null)));
    }

    @ParameterizedTest
    @MethodSource("smallGraphs")
    void noCircuitOfTheSizeHasALargerTotal(ModelGraph graph) {
        List<BitSet> connected = connected(graph);
        Random random = new Random(7);
        for (int draw = 0; draw < 6; draw++) {
            double[] strengths = heavyTailed(graph, random, draw % 2 == 0);
            double[] best = best(graph, connected, strengths);
            List<Integer> sizes =
                    IntStream.rangeClosed(0, graph.edgeCount()).boxed().toList();
            for (ConnectedCircuit circuit : ConnectedCircuits.of(graph, strengths, sizes, ENOUGH)) {
                double expected = best[circuit.size()];
                if (circuit instanceof ConnectedCircuit.Found found) {
                    assertIsCircuit(graph, strengths, found);
                    assertThat(found.total()).isCloseTo(expected, within(ROUNDING));
                    assertThat(found.isProved()).isTrue();
                    assertThat(found.gap()).isZero();
                } else {
                    assertThat(expected).as(circuit.toString()).isEqualTo(Double.NEGATIVE_INFINITY);
                }
            }
        }
    }

    /** All sets of edges that are live. */
    private static List<BitSet> connected(ModelGraph graph) {
        return IntStream.range(0, 1 << graph.edgeCount())
                .mapToObj(edges -> BitSet.valueOf(new long[] {edges}))
                .filter(edges -> LiveEdges.of(graph, edges).edges().equals(edges))
                .toList();
    }

    private static double[] best(ModelGraph graph, List<BitSet> connected, double[] strengths) {
        double[] best = new double[graph.edgeCount() + 1];
        Arrays.fill(best, Double.NEGATIVE_INFINITY);
        for (BitSet edges : connected) {
            int size = edges.cardinality();
            best[size] = Math.max(best[size], total(edges, strengths));
        }
        return best;
    }

    private static double total(BitSet edges, double[] strengths) {
        return edges.stream().mapToDouble(edge -> strengths[edge]).sum();
    }

    private static double[] heavyTailed(ModelGraph graph, Random random, boolean arePositive) {
        double[] strengths = new double[graph.edgeCount()];
        Arrays.setAll(strengths, edge -> {
            double strength = Math.exp(2 * random.nextGaussian());
            return arePositive || random.nextBoolean() ? strength : -strength;
        });
        return strengths;
    }

    private static void assertIsCircuit(ModelGraph graph, double[] strengths, ConnectedCircuit.Found found) {
        assertThat(found.edges().cardinality()).isEqualTo(found.size());
        assertThat(LiveEdges.of(graph, found.edges()).edges()).isEqualTo(found.edges());
        assertThat(found.total()).isCloseTo(total(found.edges(), strengths), within(ROUNDING));
        assertThat(found.bound()).isGreaterThanOrEqualTo(found.total());
    }

    private static List<ConnectedCircuit.Found> found(double[] strengths, List<Integer> sizes, Duration limit) {
        return ConnectedCircuits.of(TWO_BLOCKS, strengths, sizes, limit).stream()
                .map(ConnectedCircuit.Found.class::cast)
                .toList();
    }

    @Test
    void withoutTimeThereIsACircuitAndABound() {
        Random random = new Random(11);
        List<Integer> sizes = List.of(3, 10, 40, 100);
        double gaps = 0;
        for (int draw = 0; draw < 10; draw++) {
            double[] strengths = heavyTailed(TWO_BLOCKS, random, false);
            List<ConnectedCircuit.Found> hurried = found(strengths, sizes, Duration.ZERO);
            List<ConnectedCircuit.Found> patient = found(strengths, sizes, ENOUGH);
            for (int size = 0; size < sizes.size(); size++) {
                assertIsCircuit(TWO_BLOCKS, strengths, hurried.get(size));
                assertIsCircuit(TWO_BLOCKS, strengths, patient.get(size));
                assertThat(patient.get(size).isProved()).isTrue();
                assertThat(patient.get(size).total())
                        .isBetween(
                                hurried.get(size).total() - ROUNDING,
                                hurried.get(size).bound() + ROUNDING);
                gaps += hurried.get(size).gap();
            }
        }
        assertThat(gaps).isPositive();
    }

    @Test
    void theStrongestEdgesAreTheBestCircuitWhereAllAreLive() {
        double[] strengths = TWO_BLOCKS.valuesOf(
                Map.of("Resid Start->A0.1.V", 5.0, "A0.1->A1.2.Q", 4.0, "A1.2->Resid End", 3.0, "A0.3->MLP 1", 2.0));
        ConnectedCircuit.Found circuit = found(strengths, List.of(3), ENOUGH).get(0);
        assertThat(names(circuit)).containsExactlyInAnyOrder("Resid Start->A0.1.V", "A0.1->A1.2.Q", "A1.2->Resid End");
        assertThat(circuit.isProved()).isTrue();
    }

    @Test
    void anEdgeInTheMiddleIsJoinedToBothEndsWhereItIsWorthThat() {
        double[] strengths = TWO_BLOCKS.valuesOf(Map.of(
                "A0.3->A1.0.K",
                5.0,
                "Resid Start->A0.3.Q",
                1.0,
                "A1.0->Resid End",
                1.0,
                "Resid Start->Resid End",
                2.0,
                "Resid Start->MLP 1",
                2.0,
                "MLP 1->Resid End",
                2.0));
        assertThat(names(found(strengths, List.of(3), ENOUGH).get(0)))
                .containsExactlyInAnyOrder("A0.3->A1.0.K", "Resid Start->A0.3.Q", "A1.0->Resid End");
    }

    private static List<String> names(ConnectedCircuit.Found circuit) {
        return circuit.edges().stream()
                .mapToObj(edge -> TWO_BLOCKS.edge(edge).name())
                .toList();
    }

    @Test
    void resultsAreInTheOrderOfTheSizes() {
        double[] strengths = heavyTailed(TWO_BLOCKS, new Random(1), true);
        assertThat(found(strengths, List.of(20, 0, TWO_BLOCKS.edgeCount(), 20), ENOUGH))
                .extracting(ConnectedCircuit.Found::size)
                .containsExactly(20, 0, TWO_BLOCKS.edgeCount(), 20);
    }

    @Test
    void aCircuitIsNoShorterThanTheShortestPath() {
        ModelGraph stages =
                TransformerGraph.sequential(2, 1, true).with(new GraphSpec(false, true, KeyValueEdges.HEAD, null));
        assertThat(ConnectedCircuits.of(stages, new double[stages.edgeCount()], List.of(3, 4), ENOUGH))
                .satisfiesExactly(
                        tooSmall -> assertThat(tooSmall)
                                .isEqualTo(new ConnectedCircuit.Impossible(
                                        3, "the shortest path from Resid Start to Resid End has 4 edges")),
                        circuit -> assertThat(circuit).isInstanceOf(ConnectedCircuit.Found.class));
    }

    @Test
    void wrongInputIsRefused() {
        ModelGraph positions = TransformerGraph.sequential(1, 1, true).with(GraphSpec.DEFAULT.withSeqLen(4));
        assertThatThrownBy(() -> ConnectedCircuits.of(positions, new double[32], List.of(1), ENOUGH))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("got edges of 4 positions");
        double[] strengths = new double[TWO_BLOCKS.edgeCount()];
        assertThatThrownBy(() -> ConnectedCircuits.of(TWO_BLOCKS, strengths, List.of(strengths.length + 1), ENOUGH))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("must be between 0 and");
        strengths[0] = Double.POSITIVE_INFINITY;
        assertThatThrownBy(() -> ConnectedCircuits.of(TWO_BLOCKS, strengths, List.of(1), ENOUGH))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("got Infinity for Resid Start->A0.0.Q");
    }
}
