package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo's IOI scores in EAP-IG's format, and back. */
class MibExportTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path temporary;

    private static ScoredDemo demo;

    /** The score of each edge of the table {@code edges/}. */
    private static Map<String, Double> own;

    @BeforeAll
    static void score() {
        demo = ScoredDemo.in(temporary);
        own = demo.edges();
    }

    /** The names by EAP-IG's rule, which is written out here: every source to every later destination. */
    @Test
    void mibNamesEveryEdgeOnce() throws IOException {
        JsonNode graph = JSON.readTree(demo.export("mib", "names.json").toFile());
        assertThat(names(graph.get("edges"))).containsExactlyInAnyOrderElementsOf(eapIgNames(3, 4));
        assertThat(names(graph.get("edges"))).hasSize(262);
        assertThat(names(graph.get("nodes")))
                .containsExactly(
                        "input", "a0.h0", "a0.h1", "a0.h2", "a0.h3", "m0", "a1.h0", "a1.h1", "a1.h2", "a1.h3", "m1",
                        "a2.h0", "a2.h1", "a2.h2", "a2.h3", "m2", "logits");
        assertThat(graph.get("cfg").toString())
                .isEqualTo("{\"n_layers\":3,\"n_heads\":4,\"parallel_attn_mlp\":false,\"d_model\":64}");
        graph.get("edges")
                .forEach(edge -> assertThat(edge.get("in_graph").booleanValue()).isFalse());
    }

    @Test
    void mibScoresAreThePruneScoresAndDividedByThePromptsEapIgs() throws IOException {
        JsonNode edges =
                JSON.readTree(demo.export("mib", "scores.json").toFile()).get("edges");
        JsonNode divided = JSON.readTree(
                        demo.export("mib", "per-prompt.json", "--per-prompt").toFile())
                .get("edges");
        Map.of(
                        "A1.3->MLP 1", "a1.h3->m1",
                        "Resid Start->A0.2.V", "input->a0.h2<v>",
                        "MLP 1->A2.1.Q", "m1->a2.h1<q>",
                        "A0.1->A1.0.K", "a0.h1->a1.h0<k>",
                        "MLP 2->Resid End", "m2->logits")
                .forEach((here, there) -> {
                    assertThat(edges.get(there).get("score").doubleValue())
                            .as(there)
                            .isEqualTo(own.get(here));
                    assertThat(divided.get(there).get("score").doubleValue())
                            .as(there)
                            .isEqualTo(own.get(here) / 128);
                });
        // What EAP-IG itself gives this edge on these prompts, in batches of 32.
        assertThat(divided.get("a1.h3->m1").get("score").doubleValue()).isCloseTo(-0.127141, within(1e-6));
    }

    /** What EAP-IG's apply_topn and prune leave of as many edges on these scores. */
    @ParameterizedTest
    @CsvSource({
        "absolute, 5, 8",
        "absolute, 20, 50",
        "absolute, 50, 131",
        "signed, 5, 10",
        "signed, 20, 29",
        "signed, 50, 75"
    })
    void mibCircuitsAreThoseOfEapIg(String ranking, int percent, int edges) throws IOException {
        Path circuits = demo.export("mib", "circuits-" + ranking + percent, "--circuits", "--ranking", ranking);
        try (Stream<Path> files = Files.list(circuits)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "circuit_0.1.json",
                            "circuit_0.2.json",
                            "circuit_0.5.json",
                            "circuit_1.json",
                            "circuit_2.json",
                            "circuit_5.json",
                            "circuit_10.json",
                            "circuit_20.json",
                            "circuit_50.json");
        }
        JsonNode graph =
                JSON.readTree(circuits.resolve("circuit_" + percent + ".json").toFile());
        List<String> in = new ArrayList<>();
        graph.get("edges").properties().forEach(edge -> {
            if (edge.getValue().get("in_graph").booleanValue()) {
                in.add(edge.getKey());
            }
        });
        assertThat(in).hasSize(edges);
        graph.get("nodes").properties().forEach(node -> {
            boolean writes = in.stream().anyMatch(edge -> edge.startsWith(node.getKey() + "->"));
            assertThat(node.getValue().get("in_graph").booleanValue())
                    .as(node.getKey())
                    .isEqualTo(writes || node.getKey().equals("logits"));
        });
    }

    @Test
    void aGraphThatEapIgHasNotIsRefused() {
        Path whole = temporary.resolve("whole-heads");
        CommandRun.done(
                "score",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                CommandRun.IOI,
                "--limit",
                "2",
                "--separate-qkv",
                "false",
                "--out",
                whole.toString());
        CommandRun run = CommandRun.of(
                "export",
                "--scores",
                whole.toString(),
                "--format",
                "mib",
                "--out",
                temporary.resolve("whole.json").toString());
        assertThat(run.complaints()).singleElement().asString().contains("these are scores with --separate-qkv false");
        assertThat(run.status()).isEqualTo(2);
        assertThat(temporary.resolve("whole.json")).doesNotExist();
    }

    private static List<String> eapIgNames(int layers, int heads) {
        List<String> sources = new ArrayList<>(List.of("input"));
        List<String> edges = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            List<String> own = new ArrayList<>();
            for (int head = 0; head < heads; head++) {
                own.add("a" + layer + ".h" + head);
                for (String input : List.of("q", "k", "v")) {
                    for (String source : sources) {
                        edges.add(source + "->a" + layer + ".h" + head + "<" + input + ">");
                    }
                }
            }
            sources.addAll(own);
            for (String source : sources) {
                edges.add(source + "->m" + layer);
            }
            sources.add("m" + layer);
        }
        sources.forEach(source -> edges.add(source + "->logits"));
        return edges;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
