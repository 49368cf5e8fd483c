package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.jobs.run.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The demo's IOI scores in the formats of graph tools and spreadsheets. */
class ExportCommandTest {
    private static final int EDGES = 262;

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

    @Test
    void autoCircuitsFileIsTheScoresOwn() throws IOException {
        assertThat(demo.export("autocircuit", "ioi.safetensors"))
                .hasSameBinaryContentAs(demo.scores().resolve(ScoreFile.NAME));
    }

    @Test
    void graphMlHoldsTheGraph() throws Exception {
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(demo.export("graphml", "ioi.graphml").toFile());
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
        String dot = Files.readString(demo.export("dot", "ioi.dot", "--edges", "12"));
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
        Path csv = demo.export("csv", "ioi.csv");
        List<String> columns =
                List.of("source", "destination", "module", "source_index", "head", "position", "score", "rank");
        List<Row> own = CommandRun.table(
                demo.scores().resolve("edges"), table -> table.selectExpr(columns.toArray(new String[0]))
                        .orderBy("rank")
                        .collectAsList());
        System.setProperty("spark.master", "local[2]");
        try (Session session = Session.ofCommand("test")) {
            List<Row> read = session.spark()
                    .read()
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
        CommandRun.done(
                "export",
                "--scores",
                demo.scores().toString(),
                "--format",
                "dot",
                "--overwrite",
                "--out",
                there.toString());
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

    private static void refused(String message, String... options) {
        List<String> args =
                new ArrayList<>(List.of("export", "--scores", demo.scores().toString()));
        args.addAll(List.of(options));
        CommandRun run = CommandRun.of(args.toArray(new String[0]));
        assertThat(run.complaints()).as(run.err()).singleElement().asString().contains(message);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
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
}
