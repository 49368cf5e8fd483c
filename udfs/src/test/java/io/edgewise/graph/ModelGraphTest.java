package io.edgewise.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.Golden;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelGraphTest {
    private final ModelGraph graph = ModelGraph.sequential(2, 4);

    @Test
    void aOneHeadBlockHasTheEdgesOneCountsByHand() {
        ModelGraph tiny = ModelGraph.sequential(1, 1);
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

    @Test
    void edgesHaveAutoCircuitsNamesInCanonicalOrder() {
        List<String> expected = new ArrayList<>();
        for (JsonNode edge : Golden.graph().get("edges")) {
            expected.add(edge.isTextual() ? edge.asText() : edge.get("name").asText());
        }
        assertThat(graph.edges().map(Edge::name)).containsExactlyElementsOf(expected);
    }

    @Test
    void nodesHaveAutoCircuitsNamesAndLayers() {
        List<String> sources = new ArrayList<>();
        Golden.graph().get("srcs").forEach(node -> sources.add(node.get("name").asText() + node.get("layer")));
        List<String> destinations = new ArrayList<>();
        Golden.graph()
                .get("dests")
                .forEach(node -> destinations.add(node.get("name").asText() + node.get("layer")));
        assertThat(graph.sources().stream().map(node -> node.name() + node.layer()))
                .containsExactlyElementsOf(sources);
        assertThat(graph.destinations().stream().map(node -> node.name() + node.layer()))
                .containsExactlyInAnyOrderElementsOf(destinations);
    }

    @Test
    void gpt2SmallHas32491Edges() {
        ModelGraph small = ModelGraph.sequential(12, 12);
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
        assertThatThrownBy(() -> new Edge(late, early))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MLP 1 (layer 4) -> A0.0.Q (layer 1)");
    }

    @Test
    void aMaskKnowsWhichModulesItTouches() {
        DestinationModule last = graph.module(DestinationModule.Kind.RESIDUAL_END, 1);
        EdgeMask mask = EdgeMask.where(graph, edge -> edge == 109);
        assertThat(mask.touches(last)).isTrue();
        assertThat(graph.modules().stream().filter(mask::touches)).containsExactly(last);
        assertThat(mask.rows(last)).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        assertThat(mask.patchedCount()).isEqualTo(1);
    }
}
