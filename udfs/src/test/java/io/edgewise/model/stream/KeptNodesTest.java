package io.edgewise.model.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.Golden;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.layer.BlockNodes;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeptNodesTest {
    private final PatchableModel model = Golden.tinyGpt2().model();

    @ParameterizedTest
    @EnumSource(PatchOrigin.class)
    void onlyWhatLiesBetweenTheStartAndTheEndIsComputed(PatchOrigin origin) {
        List<String> computed = computed(
                origin,
                Set.of(
                        "Resid Start->A0.0.Q",
                        "A0.0->MLP 1",
                        "MLP 1->Resid End",
                        // No kept edge leads from here to the end ...
                        "Resid Start->A1.0.Q",
                        "A0.0->A1.1.V",
                        // ... and none from the start to here.
                        "A0.1->Resid End",
                        "A0.1->A1.2.K"));
        if (origin == PatchOrigin.ONE_RUN) {
            assertThat(computed).containsExactly("Resid Start", "A0.0", "MLP 1");
        } else {
            assertThat(computed).containsExactly("Resid Start", "A0.0", "A0.1", "MLP 1");
        }
    }

    @ParameterizedTest
    @EnumSource(PatchOrigin.class)
    void nothingIsComputedForNoEdges(PatchOrigin origin) {
        assertThat(computed(origin, Set.of())).isEmpty();
    }

    private List<String> computed(PatchOrigin origin, Set<String> kept) {
        ModelGraph graph = model.graph();
        List<BlockNodes> blocks = IntStream.range(0, model.config().blocks())
                .mapToObj(block -> BlockNodes.of(graph, block))
                .toList();
        EdgeMask mask =
                EdgeMask.where(graph, edge -> !kept.contains(graph.edge(edge).name()));
        boolean[] computed = new KeptNodes(graph, blocks, mask).of(origin);
        return graph.sources().stream()
                .filter(source -> computed[source.index()])
                .map(source -> source.name())
                .toList();
    }
}
