package io.edgewise.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.jobs.files.ScoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Scores of the demo's IOI prompts in other tools' formats. */
class ExportCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EDGES = 262;

    @TempDir
    private static Path temporary;

    private static Path scores;

    /** The score of each edge of the table {@code edges/}. */
    private static Map<String, Double> own;

    @BeforeAll
    static void score() {
        scores = temporary.resolve("scores");
        assertRan(
                "score",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                CommandRun.IOI,
                "--limit",
                "128",
                "--out",
                scores.toString());
        own = CommandRun.table(scores.resolve("edges"), table -> table.collectAsList().stream()
                .collect(Collectors.toMap(
                        row -> row.getAs("source") + "->" + row.getAs("destination"),
                        row -> row.<Double>getAs("score"))));
    }

    @Test
    void autoCircuitsFileIsTheScoresOwn() throws IOException {
        assertThat(export("autocircuit", "ioi.safetensors")).hasSameBinaryContentAs(scores.resolve(ScoreFile.NAME));
    }

    /** The names by EAP-IG's rule, which is written out here: every source to every later destination. */
    @Test
    void mibNamesEveryEdgeOnce() throws IOException {
        JsonNode graph = JSON.readTree(export("mib", "names.json").toFile());
        assertThat(names(graph.get("edges"))).containsExactlyInAnyOrderElementsOf(eapIgNames(3, 4));
        assertThat(names(graph.get("edges"))).hasSize(EDGES);
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
        JsonNode edges = JSON.readTree(export("mib", "scores.json").toFile()).get("edges");
        JsonNode divided = JSON.readTree(
                        export("mib", "per-prompt.json", "--per-prompt").toFile())
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
        Path circuits = export("mib", "circuits-" + ranking + percent, "--circuits", "--ranking", ranking);
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
        graph.get("edges").fields().forEachRemaining(edge -> {
            if (edge.getValue().get("in_graph").booleanValue()) {
                in.add(edge.getKey());
            }
        });
        assertThat(in).hasSize(edges);
        graph.get("nodes").fields().forEachRemaining(node -> {
            boolean writes = in.stream().anyMatch(edge -> edge.startsWith(node.getKey() + "->"));
            assertThat(node.getValue().get("in_graph").booleanValue())
                    .as(node.getKey())
                    .isEqualTo(writes || node.getKey().equals("logits"));
        });
    }

    @Test
    void whatWasExportedIsSweptAsTheScoresAre() throws IOException {
        Path bare = Files.createDirectories(temporary.resolve("bare"));
        Files.copy(scores.resolve(ScoreFile.NAME), bare.resolve(ScoreFile.NAME));
        Map<String, Double> direct = sweep(scores, "own");
        assertThat(direct).hasSize(10);
        assertThat(sweep(export("mib", "again.json"), "mib")).isEqualTo(direct);
        assertThat(sweep(export("autocircuit", "again.safetensors"), "file")).isEqualTo(direct);
        assertThat(sweep(bare, "bare")).isEqualTo(direct);
    }

    @Test
    void anEapIgFileBecomesPruneScores() throws IOException {
        Path json = export("mib", "there.json");
        Path back = temporary.resolve("back.safetensors");
        assertRan(
                "export",
                "--scores",
                json.toString(),
                "--model",
                CommandRun.MODEL,
                "--format",
                "autocircuit",
                "--out",
                back.toString());
        assertThat(back).hasSameBinaryContentAs(scores.resolve(ScoreFile.NAME));
    }

    @Test
    void anotherModelsFileIsRefusedInOneLine() throws IOException {
        Path other = temporary.resolve("other.json");
        Files.writeString(
                other, Files.readString(export("mib", "one.json")).replace("input->a0.h0<q>", "input->a0.h9<q>"));
        Path out = temporary.resolve("other-sweep");
        CommandRun run = CommandRun.of(
                "sweep",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                CommandRun.IOI,
                "--scores",
                other.toString(),
                "--out",
                out.toString());
        assertThat(run.complaints())
                .as(run.err())
                .singleElement()
                .asString()
                .contains("has edge \"input->a0.h9<q>\", and" + " the model hasn't");
        assertThat(run.status()).isEqualTo(2);
        assertThat(out).doesNotExist();
    }

    @Test
    void ofACircuitWithoutScoresTheEdgesInItHaveScoreOne() throws IOException {
        JsonNode graph =
                JSON.readTree(export("mib", "marked.json", "--edges", "20").toFile());
        TreeSet<String> in = new TreeSet<>();
        graph.get("edges").fields().forEachRemaining(edge -> {
            ((ObjectNode) edge.getValue()).remove("score");
            if (edge.getValue().get("in_graph").booleanValue()) {
                in.add(edge.getKey());
            }
        });
        assertThat(in).hasSizeBetween(10, 20);
        Path json = temporary.resolve("unscored.json");
        Files.writeString(json, graph.toString());
        Path csv = temporary.resolve("unscored.csv");
        assertRan(
                "export",
                "--scores",
                json.toString(),
                "--model",
                CommandRun.MODEL,
                "--format",
                "csv",
                "--edges",
                String.valueOf(in.size()),
                "--out",
                csv.toString());
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(1 + in.size());
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.contains(",1.0,"));
    }

    @Test
    void graphMlHoldsTheGraph() throws Exception {
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(export("graphml", "ioi.graphml").toFile());
        List<String> nodes = new ArrayList<>();
        for (Element node : elements(xml, "node")) {
            nodes.add(node.getAttribute("id"));
        }
        assertThat(nodes).hasSize(17).doesNotHaveDuplicates().contains("Resid_Start", "A1.3", "MLP_2", "Resid_End");
        Map<String, Double> edges = new TreeMap<>();
        for (Element edge : elements(xml, "edge")) {
            assertThat(nodes).contains(edge.getAttribute("source"), edge.getAttribute("target"));
            String input = data(edge, "input");
            String name = edge.getAttribute("source") + "->" + edge.getAttribute("target")
                    + (input.isEmpty() ? "" : "." + input);
            edges.put(name.replace('_', ' '), Double.valueOf(data(edge, "score")));
        }
        assertThat(edges).isEqualTo(new TreeMap<>(own));
    }

    @Test
    void dotHasTheStrongestEdgesFirst() throws IOException {
        String dot = Files.readString(export("dot", "ioi.dot", "--edges", "12"));
        Matcher edge = Pattern.compile(
                        "(?m)^ {2}\"([^\"]+)\" -> \"([^\"]+)\" \\[label=\"([QKV]?)\", score=\"([^\"]+)\","
                                + " penwidth=([0-9.]+), color=(red|black)];$")
                .matcher(dot);
        assertThat(edge.find()).isTrue();
        assertThat(edge.group())
                .startsWith("  \"A1.3\" -> \"MLP 1\" [label=\"\", score=\"-16.27")
                .endsWith("penwidth=5.00, color=red];");
        int edges = 0;
        edge.reset();
        while (edge.find()) {
            String name = edge.group(1) + "->" + edge.group(2) + (edge.group(3).isEmpty() ? "" : "." + edge.group(3));
            assertThat(Double.valueOf(edge.group(4))).as(name).isEqualTo(own.get(name));
            edges++;
        }
        assertThat(edges).isEqualTo(12);
        assertThat(dot.lines().filter(line -> line.contains("[kind="))).hasSize(9);
        assertThat(dot).startsWith("digraph circuit {\n").endsWith("\n}\n");
    }

    @Test
    void csvIsTheTableOfEdges() throws IOException {
        Path csv = export("csv", "ioi.csv");
        List<String> columns =
                List.of("source", "destination", "module", "source_index", "head", "position", "score", "rank");
        List<Row> own =
                CommandRun.table(scores.resolve("edges"), table -> table.selectExpr(columns.toArray(new String[0]))
                        .orderBy("rank")
                        .collectAsList());
        System.setProperty("spark.master", "local[2]");
        try (SparkSession spark = Sessions.start("test")) {
            List<Row> read = spark.read()
                    .option("header", "true")
                    .schema("source string, destination string, module string, source_index int, head int,"
                            + " position int, score double, rank int")
                    .csv(csv.toString())
                    .orderBy("rank")
                    .collectAsList();
            assertThat(read).hasSize(EDGES).isEqualTo(own);
        } finally {
            System.clearProperty("spark.master");
        }
    }

    @Test
    void whatIsThereIsReplacedOnlyWhenAsked() throws IOException {
        Path there = temporary.resolve("there.dot");
        Files.writeString(there, "mine");
        refused("already there", "--format", "dot", "--out", there.toString());
        assertThat(there).hasContent("mine");
        assertRan("export", "--scores", scores.toString(), "--format", "dot", "--overwrite", "--out", there.toString());
        assertThat(there).content().startsWith("digraph");
    }

    @Test
    void optionsWithoutMeaningAreRefused() {
        String out = temporary.resolve("refused").toString();
        refused(
                "--edges wants --format mib, graphml, dot or csv",
                "--format",
                "autocircuit",
                "--edges",
                "3",
                "--out",
                out);
        refused("--circuits wants --format mib", "--format", "csv", "--circuits", "--out", out);
        refused("--per-prompt wants --format mib", "--format", "csv", "--per-prompt", "--out", out);
        refused("sizes of its own", "--format", "mib", "--circuits", "--edges", "3", "--out", out);
        refused("between 0 and 262, got 263", "--format", "csv", "--edges", "263", "--out", out);
    }

    @Test
    void aGraphThatEapIgHasNotIsRefused() {
        Path whole = temporary.resolve("whole-heads");
        assertRan(
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

    private static void refused(String message, String... options) {
        List<String> args = new ArrayList<>(List.of("export", "--scores", scores.toString()));
        args.addAll(List.of(options));
        CommandRun run = CommandRun.of(args.toArray(new String[0]));
        assertThat(run.complaints()).as(run.err()).singleElement().asString().contains(message);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    private static Path export(String format, String name, String... options) {
        Path out = temporary.resolve(name);
        List<String> args = new ArrayList<>(
                List.of("export", "--scores", scores.toString(), "--format", format, "--out", out.toString()));
        args.addAll(List.of(options));
        assertRan(args.toArray(new String[0]));
        return out;
    }

    private static Map<String, Double> sweep(Path from, String name) {
        Path out = temporary.resolve("sweep-" + name);
        assertRan(
                "sweep",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                CommandRun.IOI,
                "--skip",
                "128",
                "--limit",
                "8",
                "--scores",
                from.toString(),
                "--edge-counts",
                "0,5,20,60,262",
                "--metrics",
                "answer_diff,kl_div_clean",
                "--out",
                out.toString());
        Map<String, Double> measured = new HashMap<>();
        CommandRun.table(out.resolve("measurements"), table -> table.collectAsList())
                .forEach(row -> measured.put(
                        row.getAs("metric") + " " + row.getAs("achieved_edges"), row.<Double>getAs("value")));
        return measured;
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

    private static List<Element> elements(Document xml, String name) {
        NodeList found = xml.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static String data(Element edge, String key) {
        NodeList facts = edge.getElementsByTagName("data");
        for (int i = 0; i < facts.getLength(); i++) {
            if (((Element) facts.item(i)).getAttribute("key").equals(key)) {
                return facts.item(i).getTextContent();
            }
        }
        return "";
    }

    private static void assertRan(String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.status()).as(run.err()).isZero();
    }
}
