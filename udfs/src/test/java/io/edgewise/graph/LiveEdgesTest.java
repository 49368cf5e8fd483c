package io.edgewise.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.graph.GraphSpec.KeyValueEdges;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LiveEdgesTest {

    static Stream<ModelGraph> graphs() {
        List<ModelGraph> graphs = new ArrayList<>();
        for (boolean hasMlps : new boolean[] {true, false}) {
            TransformerGraph sequential = new TransformerGraph(2, 4, 2, hasMlps, false);
            for (@Nullable Integer seqLen : new Integer[] {null, 3}) {
                graphs.add(sequential.with(new GraphSpec(true, true, KeyValueEdges.HEAD, seqLen)));
                graphs.add(sequential.with(new GraphSpec(true, true, KeyValueEdges.GROUP, seqLen)));
                graphs.add(sequential.with(new GraphSpec(true, false, KeyValueEdges.HEAD, seqLen)));
                graphs.add(new TransformerGraph(3, 2, 2, hasMlps, false)
                        .with(new GraphSpec(false, true, KeyValueEdges.HEAD, seqLen)));
                graphs.add(new TransformerGraph(2, 2, 2, hasMlps, true)
                        .with(new GraphSpec(true, true, KeyValueEdges.HEAD, seqLen)));
            }
        }
        return graphs.stream();
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void areThoseOnAPath(ModelGraph graph) {
        Random random = new Random(3);
        int live = 0;
        int dead = 0;
        for (int draw = 0; draw < 12; draw++) {
            double share = random.nextDouble();
            BitSet circuit = new BitSet();
            for (int edge = 0; edge < graph.edgeCount(); edge++) {
                circuit.set(edge, random.nextDouble() < share);
            }
            PathSearch search = new PathSearch(graph, circuit);
            LiveEdges found = LiveEdges.of(graph, circuit);
            assertThat(found.edges()).isEqualTo(search.live());
            assertThat(found.sources().stream().boxed())
                    .containsExactlyInAnyOrderElementsOf(search.live().stream()
                            .mapToObj(edge -> graph.edge(edge).source().index())
                            .collect(Collectors.toSet()));
            live += found.edges().cardinality();
            dead += circuit.cardinality() - found.edges().cardinality();
        }
        assertThat(live).isPositive();
        assertThat(dead).isPositive();
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void allEdgesAreLiveTogether(ModelGraph graph) {
        BitSet all = new BitSet();
        all.set(0, graph.edgeCount());
        assertThat(LiveEdges.of(graph, all).edges()).isEqualTo(all);
    }

    @Test
    void aHeadReadsKeysOfEarlierPositionsAndTheQueryOfItsOwn() {
        ModelGraph graph = TransformerGraph.sequential(1, 1, false).with(GraphSpec.DEFAULT.withSeqLen(2));
        assertThat(live(graph, "Resid Start->A0.0.K[0]", "A0.0->Resid End[1]")).hasSize(2);
        assertThat(live(graph, "Resid Start->A0.0.Q[0]", "A0.0->Resid End[1]")).isEmpty();
        assertThat(live(graph, "Resid Start->A0.0.V[1]", "A0.0->Resid End[0]")).isEmpty();
    }

    private static List<String> live(ModelGraph graph, String... names) {
        BitSet circuit = new BitSet();
        double[] in = graph.valuesOf(Stream.of(names).collect(Collectors.toMap(name -> name, name -> 1.0)));
        for (int edge = 0; edge < in.length; edge++) {
            circuit.set(edge, in[edge] == 1);
        }
        return LiveEdges.of(graph, circuit).edges().stream()
                .mapToObj(edge -> graph.edge(edge).toString())
                .toList();
    }

    /** Looks for paths from edge to edge, by the names of nodes. */
    private static final class PathSearch {
        private final ModelGraph graph;
        private final List<Integer> circuit;
        private final List<List<Integer>> next = new ArrayList<>();

        PathSearch(ModelGraph graph, BitSet circuit) {
            this.graph = graph;
            this.circuit = circuit.stream().boxed().toList();
            for (int from = 0; from < graph.edgeCount(); from++) {
                Edge edge = graph.edge(from);
                next.add(
                        circuit.get(from)
                                ? this.circuit.stream()
                                        .filter(to -> goesOn(edge, graph.edge(to)))
                                        .toList()
                                : List.of());
            }
        }

        BitSet live() {
            BitSet reached = new BitSet();
            circuit.stream().filter(edge -> isFirst(graph.edge(edge))).forEach(edge -> reach(edge, reached));
            BitSet live = new BitSet();
            reached.stream().filter(edge -> leadsToTheEnd(edge, new BitSet())).forEach(live::set);
            return live;
        }

        private void reach(int edge, BitSet reached) {
            if (!reached.get(edge)) {
                reached.set(edge);
                next.get(edge).forEach(to -> reach(to, reached));
            }
        }

        private boolean leadsToTheEnd(int edge, BitSet seen) {
            if (graph.edge(edge).destination().name().equals("Resid End")) {
                return true;
            }
            seen.set(edge);
            return next.get(edge).stream().anyMatch(to -> !seen.get(to) && leadsToTheEnd(to, seen));
        }

        private boolean isFirst(Edge edge) {
            NamedNode source = NamedNode.parse(edge.source().name());
            return source.kind() == NamedNode.Kind.START
                    || (!graph.spec().factorized() && source.kind() == NamedNode.Kind.HEAD && block(source) == 0);
        }

        private boolean goesOn(Edge edge, Edge after) {
            NamedNode from = NamedNode.parse(edge.destination().name());
            NamedNode to = NamedNode.parse(after.source().name());
            int distance = edge.position() == null || after.position() == null ? 0 : after.position() - edge.position();
            boolean isHead = to.kind() == NamedNode.Kind.HEAD;
            boolean isAtAnEarlierPosition = distance > 0 && isHead && !"Q".equals(from.input());
            return feeds(from, to) && (distance == 0 || isAtAnEarlierPosition);
        }

        private boolean feeds(NamedNode from, NamedNode to) {
            return switch (from.kind()) {
                case HEAD ->
                    to.kind() == NamedNode.Kind.HEAD
                            && block(to) == block(from)
                            && head(to) / sharing(from) == head(from);
                case MLP -> to.equals(from);
                case RESID_MID ->
                    block(to) == block(from)
                            && (to.kind() == NamedNode.Kind.RESID_MID || to.kind() == NamedNode.Kind.MLP);
                case RESID_POST ->
                    to.equals(from) || (to.kind() == NamedNode.Kind.HEAD && block(to) == block(from) + 1);
                default -> false;
            };
        }

        /** How many heads have an input in common. */
        private int sharing(NamedNode input) {
            boolean isShared = graph.spec().keyValueEdges() == KeyValueEdges.GROUP && !"Q".equals(input.input());
            return isShared ? 2 : 1;
        }

        private static int block(NamedNode node) {
            Integer block = node.block();
            return block == null ? -1 : block;
        }

        private static int head(NamedNode node) {
            Integer head = node.head();
            return head == null ? -1 : head;
        }
    }
}
