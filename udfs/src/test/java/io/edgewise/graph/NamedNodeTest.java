package io.edgewise.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewise.InputException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names say what the graph that made them knows. */
class NamedNodeTest {
    private static final TransformerGraph MODEL = new TransformerGraph(3, 12, 4, true, false);

    @ParameterizedTest
    @CsvSource({"true, true, HEAD", "true, true, GROUP", "true, false, HEAD", "false, true, HEAD"})
    void ofEveryNodeOfEveryKindOfGraph(boolean factorized, boolean separateQkv, GraphSpec.KeyValueEdges keyValues) {
        ModelGraph graph = MODEL.with(new GraphSpec(factorized, separateQkv, keyValues, null));
        for (SourceNode source : graph.sources()) {
            NamedNode named = NamedNode.parse(source.name());
            assertThat(named.kind().name()).isEqualTo(source.kind().name().replace("RESIDUAL", "RESID"));
            assertThat(named.block()).isEqualTo(source.kind() == SourceNode.Kind.START ? null : source.block());
            assertThat(named.head()).isEqualTo(source.head());
            assertThat(named.input()).isNull();
        }
        for (DestinationModule module : graph.modules()) {
            for (int row = 0; row < module.destinations(); row++) {
                NamedNode named = NamedNode.parse(module.nodes().get(row));
                boolean isEnd = module.kind() == DestinationModule.Kind.RESIDUAL_END;
                assertThat(named.kind() == NamedNode.Kind.END).isEqualTo(isEnd);
                assertThat(named.block()).isEqualTo(isEnd ? null : module.block());
                assertThat(named.head()).isEqualTo(module.kind().isHeadInput() ? row : null);
                assertThat(named.input()).isEqualTo(input(module.kind()));
            }
        }
    }

    private static String input(DestinationModule.Kind kind) {
        return Arrays.asList("QUERY", "KEY", "VALUE").contains(kind.name())
                ? kind.name().substring(0, 1)
                : null;
    }

    @Test
    void anEdgesNameHasBothEnds() {
        EdgeName edge = EdgeName.parse("Resid Start->A1.2.Q[5]");
        assertThat(edge.source()).isEqualTo("Resid Start");
        assertThat(edge.destination()).isEqualTo("A1.2.Q");
        assertThat(edge.position()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A1", "A1.2.q", "a1.2", "MLP", "MLP -1", "MLP  1", "Resid", "A1.99999999", "A0.3->A1.2.Q"})
    void whatIsNoNameIsRefusedInOneLine(String name) {
        assertThatThrownBy(() -> NamedNode.parse(name))
                .isInstanceOf(InputException.class)
                .hasMessage("Not a node name: \"" + name
                        + "\"; wanted one like A0.3, A1.2.Q, MLP 1, Resid Start or Resid End");
    }
}
