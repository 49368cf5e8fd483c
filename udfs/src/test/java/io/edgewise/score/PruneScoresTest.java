package io.edgewise.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewise.InputException;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.TransformerGraph;
import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PruneScoresTest {
    private final ModelGraph graph = TransformerGraph.sequential(2, 4, true).with(GraphSpec.DEFAULT);
    private final PruneScores scores = PruneScores.of(
            graph,
            IntStream.range(0, 110).mapToDouble(edge -> Math.sin(edge) / 3).toArray());

    @Test
    void aFileHoldsTheSameNumbersToTheLastBit() {
        Map<String, FloatTensor> read = Safetensors.decode(Safetensors.encode(scores.toTensors()), "scores");
        PruneScores again = PruneScores.fromTensors(graph, read, "scores");
        for (int edge = 0; edge < scores.size(); edge++) {
            assertThat(again.get(edge)).isEqualTo(scores.get(edge));
        }
    }

    @Test
    void theRankingIsByAbsoluteScoreAndTiesInCanonicalOrder() {
        double[] values = new double[110];
        values[9] = -3;
        values[2] = 3;
        values[50] = 4;
        assertThat(PruneScores.of(graph, values).ranking()).startsWith(50, 2, 9, 0, 1, 3);
    }

    @Test
    void aScoreThatIsNotANumberIsAnErrorNeverARank() {
        double[] values = new double[110];
        values[3] = Double.NaN;
        assertThatThrownBy(() -> PruneScores.of(graph, values))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("Resid Start->A0.3.Q");
    }

    @Test
    void anotherModelsScoresAreRefused() {
        Map<String, FloatTensor> other = PruneScores.of(
                        TransformerGraph.sequential(2, 3, true).with(GraphSpec.DEFAULT), new double[75])
                .toTensors();
        assertThatThrownBy(() -> PruneScores.fromTensors(graph, other, "there"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there has scores of shape [3, 1] for blocks.0.hook_q_input")
                .hasMessageContaining("wants shape [4, 1]");
        Map<String, FloatTensor> more = new HashMap<>(scores.toTensors());
        more.put("blocks.2.hook_q_input", new FloatTensor(new long[] {1}, new float[1]));
        assertThatThrownBy(() -> PruneScores.fromTensors(graph, more, "there"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("10 destination modules; the model has 9");
    }

    @Test
    void aCircuitsScoresAreThoseOfItsEdgesAndZeroElsewhere() {
        PruneScores circuit = PruneScores.ofCircuit(graph, List.of("A0.1->MLP 0", "MLP 1->Resid End"));
        PruneScores valued = PruneScores.ofCircuit(graph, Map.of("A0.1->MLP 0", -2.5));
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            String name = graph.edge(edge).name();
            boolean isFirst = name.equals("A0.1->MLP 0");
            assertThat(circuit.get(edge)).as(name).isEqualTo(isFirst || name.equals("MLP 1->Resid End") ? 1 : 0);
            assertThat(valued.get(edge)).as(name).isEqualTo(isFirst ? -2.5 : 0);
        }
        assertThatThrownBy(() -> PruneScores.ofCircuit(graph, List.of("A7.7->MLP 0")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("The graph has no edge A7.7->MLP 0");
    }
}
