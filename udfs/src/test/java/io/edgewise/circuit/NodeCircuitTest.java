package io.edgewise.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.edgewise.Golden;
import io.edgewise.Rounding;
import io.edgewise.graph.Level;
import io.edgewise.graph.ModelGraph;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.score.NodeScores;
import io.edgewise.score.PruneScores;
import io.edgewise.score.RankedScores;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Circuits that are sets of nodes or neurons. */
class NodeCircuitTest {
    private static final Golden GOLDEN = Golden.tinyGpt2();
    private static final ModelGraph GRAPH = GOLDEN.model().graph();

    /** Two scores tie. */
    private static NodeScores nodes() {
        double[] scores = new double[GRAPH.sources().size()];
        Arrays.setAll(scores, source -> source * 5 % 7 - 3.5);
        return NodeScores.of(GRAPH, Level.NODE, 1, scores);
    }

    private static CircuitRunner runner(RankedScores scores, List<Circuit> circuits, PatchType patchType) {
        return new CircuitRunner(
                scores,
                circuits,
                patchType,
                GOLDEN.ablation("RESAMPLE", CircuitRunner.patchSide(patchType, false)),
                false);
    }

    /** Edges that have their nodes' scores make the same circuits. */
    @ParameterizedTest
    @EnumSource(PatchType.class)
    void aCircuitOfNodesIsTheCircuitOfAllTheirEdges(PatchType patchType) {
        NodeScores nodes = nodes();
        double[] ofEdges = new double[GRAPH.edgeCount()];
        Arrays.setAll(ofEdges, edge -> nodes.get(GRAPH.edge(edge).source().index()));
        PruneScores edges = PruneScores.of(GRAPH, ofEdges);
        List<Circuit> circuits = Circuit.of(nodes, List.of(0, 1, 3, 6, nodes.size()));
        BatchPieces batch = BatchPieces.whole(GOLDEN.batches().get(0));
        List<float[]> found = runner(nodes, circuits, patchType).logits(GOLDEN.model(), batch);
        List<float[]> expected = runner(edges, circuits, patchType).logits(GOLDEN.model(), batch);
        for (int circuit = 0; circuit < circuits.size(); circuit++) {
            assertArrayEquals(expected.get(circuit), found.get(circuit), Rounding.of(expected.get(circuit)));
        }
    }

    @Test
    void tiesAreAllInAndSizesAreKnownInEdgesToo() {
        NodeScores nodes = nodes();
        Circuit circuit = Circuit.of(nodes, List.of(1)).get(0);
        assertThat(circuit.achievedEdges()).isGreaterThan(1);
        CircuitSize size = CircuitSize.of(nodes, circuit);
        long edges = GRAPH.edges()
                .filter(edge -> circuit.of(nodes).test(edge.source().index()))
                .count();
        assertThat(size).isEqualTo(new CircuitSize(circuit.achievedEdges(), (int) edges, edges));
        Circuit all = Circuit.of(nodes, List.of(nodes.size())).get(0);
        assertThat(CircuitSize.of(nodes, all))
                .isEqualTo(new CircuitSize(nodes.size(), GRAPH.edgeCount(), GRAPH.edgeCount()));
    }

    @Test
    void anEdgeOfSomeNeuronsCountsForTheirShare() {
        int width = 4;
        double[] scores = new double[GRAPH.sources().size() * width];
        scores[0] = 2;
        scores[5] = -1;
        scores[6] = 1;
        NodeScores neurons = NodeScores.of(GRAPH, Level.NEURON, width, scores);
        Circuit circuit = Circuit.of(neurons, List.of(3)).get(0);
        long ofStart = outgoing(0);
        long ofNext = outgoing(1);
        assertThat(CircuitSize.of(neurons, circuit))
                .isEqualTo(new CircuitSize(2, (int) (ofStart + ofNext), ofStart / 4.0 + ofNext / 2.0));
    }

    private static long outgoing(int source) {
        return GRAPH.edges().filter(edge -> edge.source().index() == source).count();
    }

    @Test
    void randomCircuitsAreOfAsManyNodes() {
        NodeScores nodes = nodes();
        Circuit circuit = Circuit.of(nodes, List.of(4)).get(0);
        for (RandomCircuit.Kind kind : RandomCircuit.Kind.values()) {
            IntPredicate drawn = new RandomCircuit(circuit, kind, 1).of(nodes);
            assertThat(IntStream.range(0, nodes.size()).filter(drawn).count()).isEqualTo(circuit.achievedEdges());
        }
    }

    @Test
    void theEndsOfASweepOfNeuronsAreTheCleanAndTheCorruptRun() {
        int width = GOLDEN.model().config().modelWidth();
        double[] scores = new double[GRAPH.sources().size() * width];
        Arrays.setAll(scores, place -> place % 13 + 1);
        NodeScores neurons = NodeScores.of(GRAPH, Level.NEURON, width, scores);
        List<Circuit> circuits = Circuit.of(neurons, List.of(0, neurons.size() / 3, neurons.size()));
        List<float[]> found = runner(neurons, circuits, PatchType.TREE_PATCH)
                .logits(GOLDEN.model(), BatchPieces.whole(GOLDEN.batches().get(0)));
        float[] corrupt = GOLDEN.tensor("logits/corrupt/b0").values();
        float[] clean = GOLDEN.tensor("logits/clean/b0").values();
        assertArrayEquals(corrupt, found.get(0), Rounding.of(corrupt));
        assertArrayEquals(clean, found.get(2), Rounding.of(clean));
        assertThat(found.get(1)).isNotEqualTo(found.get(0)).isNotEqualTo(found.get(2));
    }
}
