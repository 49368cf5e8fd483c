package io.edgewise.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.Golden;
import io.edgewise.circuit.RandomCircuit.Kind;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.TransformerGraph;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.score.PruneScores;
import io.edgewise.uncertainty.Bootstrap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomCircuitTest {
    private final ModelGraph graph = TransformerGraph.sequential(2, 4, true).with(GraphSpec.DEFAULT);
    private final PruneScores scores = scores(graph);

    private static PruneScores scores(ModelGraph graph) {
        double[] scores = new double[graph.edgeCount()];
        Arrays.setAll(scores, edge -> (edge * 37 % 101) - 50);
        return PruneScores.of(graph, scores);
    }

    private Circuit circuit(int edges) {
        return Circuit.of(scores, List.of(edges)).get(0);
    }

    private List<Integer> edges(EdgeSet set) {
        IntPredicate in = set.of(scores);
        return IntStream.range(0, scores.size()).filter(in).boxed().toList();
    }

    private Map<Integer, Long> byLayer(EdgeSet set) {
        return edges(set).stream()
                .collect(Collectors.groupingBy(edge -> graph.moduleOf(edge).layer(), Collectors.counting()));
    }

    @ParameterizedTest
    @EnumSource
    void hasAsManyEdgesOthersThanTheNextAndTheSameEachTime(Kind kind) {
        for (int size : List.of(1, 20, 60, 109)) {
            Circuit circuit = circuit(size);
            List<Integer> first = edges(new RandomCircuit(circuit, kind, 0));
            assertThat(first).hasSize(circuit.achievedEdges());
            assertThat(edges(new RandomCircuit(circuit, kind, 0))).isEqualTo(first);
        }
        Circuit circuit = circuit(20);
        assertThat(IntStream.range(0, 10)
                        .mapToObj(number -> edges(new RandomCircuit(circuit, kind, number)))
                        .distinct())
                .hasSize(10);
        assertThat(edges(new RandomCircuit(circuit(0), kind, 0))).isEmpty();
        assertThat(edges(new RandomCircuit(circuit(110), kind, 0))).hasSize(110);
    }

    @Test
    void byLayerHasAsManyEdgesIntoEachLayer() {
        Circuit circuit = circuit(30);
        assertThat(byLayer(circuit).size()).isGreaterThan(2);
        for (int number = 0; number < 5; number++) {
            RandomCircuit like = new RandomCircuit(circuit, Kind.BY_LAYER, number);
            assertThat(byLayer(like)).isEqualTo(byLayer(circuit));
            assertThat(edges(like)).isNotEqualTo(edges(circuit));
        }
        assertThat(IntStream.range(0, 5)
                        .mapToObj(number -> byLayer(new RandomCircuit(circuit, Kind.UNIFORM, number)))
                        .distinct()
                        .count())
                .isGreaterThan(1);
    }

    /** 4,000 circuits of 22 of 110 edges: an edge is in 800 of them, and a pair of edges in 154.1; five standard errors around. */
    @Test
    void everyEdgeAndEveryPairIsAsLikely() {
        int draws = 4000;
        double[] often = new double[110];
        int together = 0;
        for (int number = 0; number < draws; number++) {
            List<Integer> edges = edges(new RandomCircuit(circuit(22), Kind.UNIFORM, number));
            edges.forEach(edge -> often[edge]++);
            together += edges.contains(3) && edges.contains(99) ? 1 : 0;
        }
        assertThat(Arrays.stream(often).boxed())
                .allSatisfy(count -> assertThat(count).isCloseTo(800.0, within(5 * Math.sqrt(800 * 0.8))));
        double pair = draws * (22.0 / 110) * (21.0 / 109);
        assertThat((double) together).isCloseTo(pair, within(5 * Math.sqrt(pair)));
    }

    /** Measured in the same sweep: what the same edges give as a circuit of their own. */
    @Test
    void isMeasuredAsTheCircuitOfItsEdges() {
        Golden golden = Golden.tinyGpt2();
        PatchableModel model = golden.model();
        PruneScores own = scores(model.graph());
        Circuit circuit = Circuit.of(own, List.of(60)).get(0);
        Circuit all = Circuit.of(own, List.of(own.size())).get(0);
        RandomCircuit random = new RandomCircuit(circuit, Kind.UNIFORM, 4);
        List<ControlMeasurement> controls = new Sweeping(golden, own, List.of(circuit))
                .controls(List.of(random, new RandomCircuit(all, Kind.BY_LAYER, 1)));

        double[] chosen = new double[own.size()];
        IntPredicate in = random.of(own);
        Arrays.setAll(chosen, edge -> in.test(edge) ? 1 : 0);
        PruneScores ofRandom = PruneScores.of(model.graph(), chosen);
        List<Circuit> same = Circuit.of(ofRandom, List.of(circuit.achievedEdges(), own.size()));
        List<Measurement> expected = new Sweeping(golden, ofRandom, same).measured();
        assertThat(controls).hasSize(expected.size());
        for (int i = 0; i < controls.size(); i++) {
            double value = expected.get(i).value();
            assertThat(controls.get(i).metric()).isEqualTo(expected.get(i).metric());
            assertThat(controls.get(i).value())
                    .as(controls.get(i).metric())
                    .isCloseTo(value, within(1e-4 * Math.max(1, Math.abs(value))));
        }
    }

    private record Sweeping(Golden golden, PruneScores scores, List<Circuit> circuits) {
        List<Measurement> measured() {
            CircuitSweep sweep = sweep(List.of());
            BatchTotal total = total(sweep);
            return sweep.finish(total.finish(), total.prompts());
        }

        List<ControlMeasurement> controls(List<RandomCircuit> controls) {
            CircuitSweep sweep = sweep(controls);
            BatchTotal total = total(sweep);
            return sweep.finishControls(total.finish(), total.prompts());
        }

        private CircuitSweep sweep(List<RandomCircuit> controls) {
            CircuitRunner runner = new CircuitRunner(
                    scores, circuits, PatchType.TREE_PATCH, golden.ablation("RESAMPLE", PromptSide.CORRUPT), false);
            return new CircuitSweep(runner, Golden.metrics(), new Bootstrap(2, 0), controls, 2);
        }

        private BatchTotal total(CircuitSweep sweep) {
            BatchTotal total = new BatchTotal();
            golden.batches().forEach(batch -> total.add(sweep.measure(golden.model(), batch)));
            return total;
        }
    }
}
