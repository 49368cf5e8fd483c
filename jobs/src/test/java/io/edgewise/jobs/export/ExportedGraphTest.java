package io.edgewise.jobs.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgewise.circuit.Selection;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.GraphSpec.KeyValueEdges;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.TransformerGraph;
import io.edgewise.jobs.files.NewPlace;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.score.PruneScores;
import io.edgewise.score.Ranking;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other kinds of graphs and scores look like. */
class ExportedGraphTest {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    @TempDir
    private Path temporary;

    private static ChosenEdges all(ModelGraph graph) {
        double[] values = new double[graph.edgeCount()];
        Arrays.setAll(values, edge -> edge + 1);
        return new ChosenEdges(PruneScores.of(graph, values), new Selection.Strongest(Ranking.ABSOLUTE), null);
    }

    @Test
    void eachTokenPositionsEdgeIsOneOfItsOwn() throws IOException {
        ChosenEdges chosen = all(TransformerGraph.sequential(2, 2, true).with(GraphSpec.DEFAULT.withSeqLen(3)));
        List<GraphEdge> edges = GraphEdge.of(chosen);
        assertThat(edges).hasSize(3 * 46).doesNotHaveDuplicates();
        assertThat(edges.stream()
                        .map(GraphEdge::position)
                        .filter(Objects::nonNull)
                        .distinct())
                .containsExactlyInAnyOrder(0, 1, 2);
        ByteArrayOutputStream xml = new ByteArrayOutputStream();
        GraphMl.write(chosen, xml);
        assertThat(xml.toString(StandardCharsets.UTF_8))
                .contains("<edge id=\"e1\" source=\"MLP_1\" target=\"Resid_End\"><data key=\"score\">138.0</data>"
                        + "<data key=\"rank\">1</data><data key=\"position\">2</data></edge>");
        ByteArrayOutputStream dot = new ByteArrayOutputStream();
        Dot.write(chosen, dot);
        assertThat(dot.toString(StandardCharsets.UTF_8))
                .contains("\"MLP 1\" -> \"Resid End\" [label=\"[2]\", score=\"138.0\"");
    }

    /** Group 1's key input is not head 1's. */
    @Test
    void anInputThatHeadsShareIsNoHead() {
        GraphSpec shared = new GraphSpec(true, true, KeyValueEdges.GROUP, null);
        ChosenEdges chosen = all(new TransformerGraph(1, 4, 2, true, false).with(shared));
        assertThat(GraphEdge.nodes(GraphEdge.of(chosen)).stream().map(GraphNode::name))
                .containsExactly(
                        "Resid Start",
                        "A0.0",
                        "A0.0.K",
                        "A0.0.V",
                        "A0.1",
                        "A0.1.K",
                        "A0.1.V",
                        "A0.2",
                        "A0.3",
                        "MLP 0",
                        "Resid End");
    }

    @Test
    void edgesThatTieWithTheLastAreWrittenButNoMibCircuitHasMoreThanItsShare() throws IOException {
        TransformerConfig config = TransformerConfig.read(
                Path.of("../udfs/src/test/resources/goldens/tiny-gpt2/model").toAbsolutePath());
        ModelGraph graph = config.graph(GraphSpec.DEFAULT);
        double[] values = new double[graph.edgeCount()];
        Arrays.fill(values, 2);
        values[3] = Double.POSITIVE_INFINITY;
        PruneScores scores = PruneScores.of(graph, values);
        assertThat(new ChosenEdges(scores, new Selection.Strongest(Ranking.ABSOLUTE), 1).size())
                .isEqualTo(1);
        assertThat(new ChosenEdges(scores, new Selection.Strongest(Ranking.ABSOLUTE), 2).size())
                .isEqualTo(graph.edgeCount());
        Path directory = temporary.resolve("circuits");
        new NewPlace(directory.toString(), false)
                .write(new Export(config, new ChosenEdges(scores, new Selection.Strongest(Ranking.ABSOLUTE), null), 1)
                        .circuits());
        JsonNode circuit = JSON.readTree(directory.resolve("circuit_50.json").toFile());
        int in = 0;
        for (JsonNode edge : circuit.get("edges")) {
            in += edge.get("in_graph").booleanValue() ? 1 : 0;
        }
        assertThat(in).isLessThanOrEqualTo(graph.edgeCount() / 2);
        assertThat(circuit.get("edges").get("input->a0.h3<q>").get("score").doubleValue())
                .isInfinite();
    }
}
