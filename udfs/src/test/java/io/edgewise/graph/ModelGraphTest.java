package io.edgewise.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.Golden;
import io.edgewise.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelGraphTest {
    private final ModelGraph graph = TransformerGraph.sequential(2, 4, true).with(GraphSpec.DEFAULT);

    @Test
    void aOneHeadBlockHasTheEdgesOneCountsByHand() {
        ModelGraph tiny = TransformerGraph.sequential(1, 1, true).with(GraphSpec.DEFAULT);
        assertThat(tiny.edges().map(Edge::name))
                .containsExactly(
                        "Resid Start->A0.0.Q",
                        "Resid Start->A0.0.K",
                        "Resid Start->A0.0.V",
                        "Resid Start->MLP 0",
                        "A0.0->MLP 0",
                        "Resid Start->Resid End",
                        "A0.0->Resid End",
                        "MLP 0->Resid End");
    }

    static Stream<Golden> variants() {
        return Golden.VARIANTS.stream().map(Golden::of);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void edgesHaveAutoCircuitsNamesInCanonicalOrder(Golden golden) {
        List<String> expected = new ArrayList<>();
        for (JsonNode edge : golden.graph().get("edges")) {
            expected.add(edge.get("name").asText()
                    + edge.get("seq_idx")
                    + edge.get("dest_module")
                    + edge.get("src_layer")
                    + edge.get("dest_layer"));
        }
        assertThat(golden.model()
                        .graph()
                        .edges()
                        .map(edge -> edge.name()
                                + edge.position()
                                + '"'
                                + edge.destination().module()
                                + '"'
                                + edge.source().layer()
                                + edge.destination().layer()))
                .containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void nodesHaveAutoCircuitsNamesModulesAndLayers(Golden golden) {
        ModelGraph model = golden.model().graph();
        List<String> sources = new ArrayList<>();
        golden.graph().get("srcs").forEach(node -> sources.add(text(node)));
        List<String> destinations = new ArrayList<>();
        golden.graph().get("dests").forEach(node -> destinations.add(text(node)));
        assertThat(model.sources().stream().map(node -> node.name() + node.module() + node.layer() + node.head()))
                .containsExactlyElementsOf(sources);
        assertThat(model.destinations().stream().map(node -> node.name() + node.module() + node.layer() + node.head()))
                .containsExactlyInAnyOrderElementsOf(destinations);
        assertThat(model.nodes()).hasSize(sources.size() + destinations.size());
    }

    private static String text(JsonNode node) {
        return node.get("name").asText() + node.get("module").asText() + node.get("layer") + node.get("head_idx");
    }

    @ParameterizedTest
    @MethodSource("variants")
    void masksHaveAutoCircuitsShapesAndSources(Golden golden) {
        ModelGraph model = golden.model().graph();
        JsonNode shapes = golden.graph().get("mask_shapes");
        assertThat(shapes).hasSize(model.modules().size());
        for (DestinationModule module : model.modules()) {
            assertThat(Arrays.toString(model.shape(module)).replace(" ", ""))
                    .isEqualTo(shapes.get(module.name()).toString());
            assertThat("[" + module.firstSource() + "," + (module.firstSource() + module.sources()) + "]")
                    .isEqualTo(golden.graph().get("in_srcs").get(module.name()).toString());
        }
    }

    @Test
    void gpt2SmallHas32491Edges() {
        ModelGraph small = TransformerGraph.sequential(12, 12, true).with(GraphSpec.DEFAULT);
        assertThat(small.sources()).hasSize(157);
        assertThat(small.destinationCount()).isEqualTo(445);
        assertThat(small.edgeCount()).isEqualTo(32_491);
    }

    @Test
    void everyEdgeIsFoundByItsPlace() {
        List<Edge> edges = graph.edges().toList();
        for (int i = 0; i < edges.size(); i++) {
            assertThat(graph.edge(i)).isEqualTo(edges.get(i));
            assertThat(graph.moduleOf(i).name())
                    .isEqualTo(edges.get(i).destination().module());
        }
        assertThatThrownBy(() -> graph.edge(110)).hasMessage("Edge index must be between 0 and 109, got 110");
    }

    @Test
    void anEdgeCannotRunBackwards() {
        SourceNode late = graph.sources().get(10);
        DestinationNode early = graph.destinations().get(0);
        assertThatThrownBy(() -> new Edge(late, early, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MLP 1 (layer 4) -> A0.0.Q (layer 1)");
    }

    @Test
    void aMaskKnowsWhichModulesItTouches() {
        DestinationModule last = graph.module(DestinationModule.Kind.RESIDUAL_END, 1);
        EdgeVector mask = EdgeMask.where(graph, edge -> edge == 109).values();
        assertThat(graph.modules().stream().filter(mask::touches)).containsExactly(last);
        assertThat(mask.rows(last)).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    }

    @Test
    void masksAreSetByEdgeName() {
        EdgeVector mask = EdgeMask.of(graph, Map.of("A0.1->MLP 0", 0.25, "MLP 1->Resid End", 1.0))
                .values();
        assertThat(IntStream.range(0, 110).filter(edge -> mask.get(edge) != 0))
                .extracting(edge -> graph.edge(edge).name() + " " + mask.get(edge))
                .containsExactly("A0.1->MLP 0 0.25", "MLP 1->Resid End 1.0");
        assertThatThrownBy(() -> EdgeMask.of(graph, List.of("A9.9->MLP 0")))
                .isInstanceOf(InputException.class)
                .hasMessage("The graph has no edge A9.9->MLP 0; its edges have names like Resid Start->A0.0.Q and"
                        + " MLP 1->Resid End");
        assertThatThrownBy(() -> EdgeMask.of(graph, List.of("A0.1->MLP 0[2]")))
                .hasMessageContaining("The graph has no edge A0.1->MLP 0[2]");
        assertThatThrownBy(() -> EdgeMask.of(graph, List.of("MLP 0")))
                .hasMessageContaining("Not an edge name: \"MLP 0\"; wanted SOURCE->DESTINATION");
    }

    @Test
    void anEdgeNameMeansAllPositionsOrTheOneInBrackets() {
        ModelGraph positions = TransformerGraph.sequential(1, 1, true).with(GraphSpec.DEFAULT.withSeqLen(3));
        assertThat(positions.edgeCount()).isEqualTo(24);
        assertThat(names(positions, EdgeMask.of(positions, List.of("A0.0->MLP 0"))))
                .containsExactly("A0.0->MLP 0[0]", "A0.0->MLP 0[1]", "A0.0->MLP 0[2]");
        assertThat(names(positions, EdgeMask.of(positions, List.of("A0.0->MLP 0[1]"))))
                .containsExactly("A0.0->MLP 0[1]");
        assertThatThrownBy(() -> EdgeMask.of(positions, List.of("A0.0->MLP 0[3]")))
                .hasMessageContaining("The graph has no edge A0.0->MLP 0[3]");
        assertThat(positions.edgesByPosition()).hasSize(3).allMatch(edges -> edges.size() == 8);
        assertThat(positions.edgesByPosition().get(2)).allMatch(edge -> edge.position() == 2);
    }

    private static List<String> names(ModelGraph positions, EdgeMask mask) {
        return IntStream.range(0, positions.edgeCount())
                .filter(edge -> mask.values().get(edge) == 1)
                .mapToObj(edge -> positions.edge(edge).toString())
                .toList();
    }

    @Test
    void aGraphOfMoreEdgesThanCanBeCountedIsRefusedBeforeItIsMade() {
        assertThatThrownBy(
                        () -> TransformerGraph.sequential(10_000, 10_000, true).with(GraphSpec.DEFAULT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("would have more than 2147483647 edges");
        assertThatThrownBy(
                        () -> TransformerGraph.sequential(12, 12, true).with(GraphSpec.DEFAULT.withSeqLen(1_000_000)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("would have 32491000000 edges, and the most is 2147483647");
    }
}
