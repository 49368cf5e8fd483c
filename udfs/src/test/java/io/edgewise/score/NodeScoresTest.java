package io.edgewise.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewise.InputException;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.Level;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.TransformerGraph;
import io.edgewise.safetensors.FloatTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeScoresTest {
    private static final int WIDTH = 3;
    private static final ModelGraph GRAPH =
            TransformerGraph.sequential(2, 2, true).with(GraphSpec.DEFAULT);

    private static NodeScores scores(Level level) {
        int width = level.width(WIDTH);
        double[] values = new double[GRAPH.sources().size() * width];
        Arrays.setAll(values, place -> place % 2 == 0 ? place : -place);
        return NodeScores.of(GRAPH, level, width, values);
    }

    @Test
    void tensorsAreNamedByWhatWritesAndReadBack() {
        Map<String, FloatTensor> nodes = scores(Level.NODE).toTensors();
        assertThat(nodes.keySet())
                .containsExactly(
                        "blocks.0.hook_resid_pre",
                        "blocks.0.attn.hook_result",
                        "blocks.0.hook_mlp_out",
                        "blocks.1.attn.hook_result",
                        "blocks.1.hook_mlp_out");
        assertThat(nodes.get("blocks.0.hook_resid_pre").shape()).isEmpty();
        assertThat(nodes.get("blocks.1.attn.hook_result").shape()).containsExactly(2);
        assertThat(nodes.get("blocks.1.attn.hook_result").values()).containsExactly(4, -5);
        Map<String, FloatTensor> neurons = scores(Level.NEURON).toTensors();
        assertThat(neurons.get("blocks.0.attn.hook_result").shape()).containsExactly(2, WIDTH);
        assertThat(neurons.get("blocks.0.hook_mlp_out").shape()).containsExactly(WIDTH);
        for (Level level : new Level[] {Level.NODE, Level.NEURON}) {
            NodeScores read = NodeScores.fromTensors(GRAPH, WIDTH, scores(level).toTensors(), "file");
            assertThat(read.level()).isEqualTo(level);
            assertThat(read.descendingMagnitudes()).isEqualTo(scores(level).descendingMagnitudes());
            assertThat(NodeScores.areIn(read.toTensors(), GRAPH)).isTrue();
        }
        assertThat(NodeScores.areIn(PruneScores.filled(GRAPH, 1).toTensors(), GRAPH))
                .isFalse();
    }

    @Test
    void aPlaceIsANodeOrOneOfItsCoordinates() {
        assertThat(scores(Level.NODE).name(2)).isEqualTo("A0.1");
        NodeScores neurons = scores(Level.NEURON);
        assertThat(neurons.name(3 * WIDTH + 2)).isEqualTo("MLP 0:2");
        assertThat(neurons.source(3 * WIDTH + 2).name()).isEqualTo("MLP 0");
        assertThat(neurons.ranking()[0]).isEqualTo(neurons.size() - 1);
    }

    @Test
    void scoresOfAnotherModelAreRefused() {
        wrong("scores of shape [2] for blocks.0.attn.hook_result; the model wants shape [2, 3]", tensors -> {
            tensors.put("blocks.0.attn.hook_result", new FloatTensor(new long[] {2}, new float[2]));
        });
        wrong("no scores for blocks.1.hook_mlp_out", tensors -> tensors.remove("blocks.1.hook_mlp_out"));
        wrong("has scores for 6 modules; the model has 5", tensors -> {
            tensors.put("blocks.2.hook_mlp_out", new FloatTensor(new long[] {1}, new float[1]));
        });
        wrong("a score that is not a number", tensors -> {
            tensors.put("blocks.0.hook_mlp_out", new FloatTensor(new long[] {3}, new float[] {0, Float.NaN, 0}));
        });
    }

    private interface Change {
        void make(Map<String, FloatTensor> tensors);
    }

    private static void wrong(String message, Change change) {
        Map<String, FloatTensor> tensors =
                new LinkedHashMap<>(scores(Level.NEURON).toTensors());
        change.make(tensors);
        assertThatThrownBy(() -> NodeScores.fromTensors(GRAPH, WIDTH, tensors, "file"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aScoreThatIsNotANumberIsNoScore() {
        assertThatThrownBy(() -> scores(Level.NODE).with(new double[] {1, 2, Double.NaN, 4, 5, 6, 7}))
                .isInstanceOf(ArithmeticException.class);
    }
}
