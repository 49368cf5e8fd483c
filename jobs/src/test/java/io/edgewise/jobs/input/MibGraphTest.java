package io.edgewise.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewise.InputException;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.GraphSpec.KeyValueEdges;
import io.edgewise.graph.Level;
import io.edgewise.graph.SourceNode;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.score.RankedScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** EAP-IG's names of graphs of several families, and what is wrong with a file of another one. */
class MibGraphTest {
    private static final Path GOLDENS = Path.of("../udfs/src/test/resources/goldens");

    @TempDir
    private Path temporary;

    private static TransformerConfig config(String model) {
        return TransformerConfig.read(GOLDENS.resolve(model).resolve("model").toAbsolutePath());
    }

    private static List<String> names(MibGraph graph) {
        return IntStream.range(0, graph.graph().edgeCount())
                .mapToObj(graph::edge)
                .toList();
    }

    /** Query heads that share keys and values have edges each; parallel blocks have none from a head to their own MLP. */
    @ParameterizedTest
    @CsvSource({"tiny-llama", "tiny-qwen2", "tiny-neox", "tiny-gpt2", "tiny-gemma2"})
    void everyQueryHeadHasAQueryAKeyAndAValue(String model) {
        MibGraph graph = MibGraph.of(config(model), GraphSpec.DEFAULT);
        TransformerConfig config = config(model);
        boolean isParallel = Boolean.TRUE.equals(graph.cfg().get("parallel_attn_mlp"));
        int heads = config.heads();
        int edges = 0;
        for (int block = 0; block < config.blocks(); block++) {
            int before = 1 + block * (heads + 1);
            edges += before * 3 * heads + before + (isParallel ? 0 : heads);
        }
        edges += 1 + config.blocks() * (heads + 1);
        List<String> names = names(graph);
        assertThat(names).hasSize(edges).doesNotHaveDuplicates();
        assertThat(names).contains("input->a0.h" + (heads - 1) + "<k>", "m0->a1.h0<v>", "a0.h0->m1", "a1.h0->logits");
        assertThat(names.contains("a0.h0->m0")).isEqualTo(!isParallel);
        assertThat(isParallel).isEqualTo(model.equals("tiny-neox"));
        assertThat(MibGraph.of(graph.shape()).places()).isEqualTo(graph.places());
        assertThat(graph.shape().edges()).isEqualTo(edges);
    }

    @Test
    void graphsThatTheFormatCannotSayAreRefused() {
        TransformerConfig llama = config("tiny-llama");
        refused("--factorized false", llama, new GraphSpec(false, true, KeyValueEdges.HEAD, null));
        refused("--separate-qkv false", llama, new GraphSpec(true, false, KeyValueEdges.HEAD, null));
        refused("--kv-edges group", llama, new GraphSpec(true, true, KeyValueEdges.GROUP, null));
        refused("--seq-len", llama, new GraphSpec(true, true, KeyValueEdges.HEAD, 7));
        refused("this model has none", config("tiny-attn-only"), GraphSpec.DEFAULT);
    }

    private static void refused(String message, TransformerConfig config, GraphSpec spec) {
        assertThatThrownBy(() -> MibGraph.of(config, spec))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("EAP-IG's format wants ")
                .hasMessageContaining(message);
    }

    @Test
    void scoresAreReadByNameInAnyOrder() throws IOException {
        MibGraph graph = MibGraph.of(config("tiny-neox"), GraphSpec.DEFAULT);
        List<String> names = names(graph);
        StringBuilder edges = new StringBuilder();
        for (int edge = names.size() - 1; edge >= 0; edge--) {
            edges.append(edge(names.get(edge), String.valueOf(edge % 2 == 0 ? edge : -edge / 4.0)))
                    .append(edge == 0 ? "" : ",");
        }
        RankedScores scores = read(graph, "{\"edges\": {" + edges + "}, \"nodes\": {}, \"cfg\": {}}");
        for (int edge = 0; edge < names.size(); edge++) {
            assertThat(scores.get(edge)).isEqualTo(edge % 2 == 0 ? edge : (float) (-edge / 4.0));
        }
    }

    @Test
    void aFileOfAnotherModelOrGraphIsRefused() {
        wrong("has no edge with a score other than 0", all("0"), "");
        wrong("has edge \"a9.h9->m9\", and the model hasn't", edge("a9.h9->m9", "1"), "");
        wrong("for edge input->a0.h0<q>; wanted {\"score\": a number", edge("input->a0.h0<q>", "NaN"), "");
        wrong("for edge input->a0.h0<q>; wanted {\"score\": a number", edge("input->a0.h0<q>", "\"high\""), "");
        wrong("edges; the first that is missing is input->a0.h1<q>", edge("input->a0.h0<q>", "1"), "");
        wrong("is of a model with n_layers 77; this model has 2", "", "\"cfg\": {\"n_layers\": 77},");
        wrong("has neurons of node m0", "", "\"nodes\": {\"m0\": {\"in_graph\": true, \"neurons\": [true]}},");
        wrong("has 0 of the model's", "", "");
        wrong("has a score for some edges only", all("1").replaceFirst("\"score\": 1, ", ""), "");
        assertThatThrownBy(() -> read(MibGraph.of(config("tiny-gpt2"), GraphSpec.DEFAULT), "[1]"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is no JSON object");
        assertThatThrownBy(() -> read(MibGraph.of(config("tiny-gpt2"), GraphSpec.DEFAULT), "{\"edges\": {\"inp"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Not JSON");
    }

    @Test
    void scoresOfNodesAndNeuronsAreReadByName() throws IOException {
        MibGraph graph = MibGraph.of(config("tiny-neox"), GraphSpec.DEFAULT);
        RankedScores scores = read(graph, nodes(graph, source -> "\"score\": " + source.index() / 2.0));
        assertThat(scores.level()).isEqualTo(Level.NODE);
        int width = graph.shape().width();
        RankedScores own = read(graph, nodes(graph, source -> "\"neurons_scores\": " + list(source.index(), width)));
        RankedScores ofAllHeads = read(
                graph,
                nodes(
                        graph,
                        source -> "\"neurons_scores\": "
                                + (source.head() == null
                                        ? list(source.index(), width)
                                        : graph.graph().sources(source.kind(), source.block()).stream()
                                                .map(head -> list(head.index(), width))
                                                .toList())));
        for (int source = 0; source < scores.size(); source++) {
            assertThat(scores.get(source)).isEqualTo(source / 2.0);
            for (int place = 0; place < width; place++) {
                assertThat(own.get(source * width + place)).isEqualTo(source * width + place);
                assertThat(ofAllHeads.get(source * width + place)).isEqualTo(source * width + place);
            }
        }
    }

    private static String nodes(MibGraph graph, Function<SourceNode, String> facts) {
        String nodes = graph.graph().sources().stream()
                .map(source -> "\"" + graph.node(source) + "\": {\"in_graph\": true, " + facts.apply(source) + "}")
                .collect(Collectors.joining(", "));
        return "{\"nodes\": {" + nodes + ", \"logits\": {\"in_graph\": true}}, \"edges\": {}}";
    }

    private static String list(int source, int width) {
        return IntStream.range(source * width, (source + 1) * width)
                .boxed()
                .toList()
                .toString();
    }

    @Test
    void scoresOfNodesOfAnotherModelAreRefused() {
        wrong("the first that is missing is input", "", "\"nodes\": {\"m0\": {\"score\": 1}},");
        wrong("has node \"m9\", and the model hasn't", "", "\"nodes\": {\"m9\": {\"score\": 1}},");
        wrong("has no number as score 0 of node m0", "", "\"nodes\": {\"m0\": {\"score\": NaN}},");
        wrong("has no number as score 1 of node m0", "", "\"nodes\": {\"m0\": {\"neurons_scores\": [1]}},");
        wrong(
                "of nodes and, at node m1, of neurons",
                "",
                "\"nodes\": {\"m0\": {\"score\": 1}, \"m1\": {\"neurons_scores\": [1]}},");
        wrong("has no nodes by name", "", "\"nodes\": [1],");
        MibGraph graph = MibGraph.of(config("tiny-gpt2"), GraphSpec.DEFAULT);
        assertThatThrownBy(() -> read(graph, nodes(graph, source -> "\"score\": 0")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has no node with a score other than 0");
        String longer = list(0, graph.shape().width() + 1);
        assertThatThrownBy(() -> read(graph, nodes(graph, source -> "\"neurons_scores\": " + longer)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("neurons of node input; the model has");
    }

    private void wrong(String message, String edges, String before) {
        assertThatThrownBy(() -> read(
                        MibGraph.of(config("tiny-gpt2"), GraphSpec.DEFAULT),
                        "{" + before + "\"edges\": {" + edges + "}}"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    private static String all(String score) {
        return String.join(
                ",",
                names(MibGraph.of(config("tiny-gpt2"), GraphSpec.DEFAULT)).stream()
                        .map(name -> edge(name, score))
                        .toList());
    }

    private static String edge(String name, String score) {
        return "\"" + name + "\": {\"score\": " + score + ", \"in_graph\": false}";
    }

    private RankedScores read(MibGraph graph, String json) throws IOException {
        Path file = Files.writeString(temporary.resolve("importances.json"), json);
        return MibFile.read(Hadoop.qualified(file.toString()), graph);
    }
}
