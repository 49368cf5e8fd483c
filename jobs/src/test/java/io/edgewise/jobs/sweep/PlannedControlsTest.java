package io.edgewise.jobs.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.RandomCircuit;
import io.edgewise.circuit.RandomCircuit.Kind;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.TransformerGraph;
import io.edgewise.score.PruneScores;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlannedControlsTest {
    private static final ModelGraph GRAPH =
            TransformerGraph.sequential(2, 4, true).with(GraphSpec.DEFAULT);

    private static List<RandomCircuit> planned(List<Integer> sizes, int number) {
        double[] values = new double[GRAPH.edgeCount()];
        Arrays.setAll(values, edge -> 1.0 / (1 + edge));
        List<Circuit> own = Circuit.of(PruneScores.of(GRAPH, values), sizes);
        PlannedCircuits circuits = new PlannedCircuits(
                SweepMetrics.named(List.of("faithfulness")), GRAPH.edgeCount(), own, own, List.of());
        return PlannedControls.of(circuits, number).circuits();
    }

    @Test
    void everySizeButTheEndsHasAsManyOfEachKind() {
        List<RandomCircuit> controls = planned(List.of(0, 20, 50, GRAPH.edgeCount()), 3);
        assertThat(controls).hasSize(2 * 2 * 3).doesNotHaveDuplicates();
        assertThat(controls.stream().filter(control -> control.kind() == Kind.BY_LAYER))
                .hasSize(6);
        assertThat(controls.stream()
                        .map(control -> control.like().requestedEdges())
                        .distinct())
                .containsExactly(20, 50);
        assertThat(planned(List.of(0, 20, 50), 0)).isEmpty();
    }

    @Test
    void ofManySizesSomeAreChosenThatLieEvenlyOnALogarithmicScale() {
        List<Integer> all = IntStream.rangeClosed(0, GRAPH.edgeCount()).boxed().toList();
        assertThat(planned(all, 1).stream()
                        .map(control -> control.like().achievedEdges())
                        .distinct())
                .containsExactly(1, 2, 4, 7, 15, 29, 56, 109);
    }
}
