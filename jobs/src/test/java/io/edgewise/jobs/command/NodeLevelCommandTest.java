package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores of nodes and neurons, and circuits of them, through the commands. */
class NodeLevelCommandTest {
    /** The demo model's embedding, its heads and its MLPs. */
    private static final int NODES = 16;

    private static final int WIDTH = 64;
    private static final int EDGES = 262;

    @TempDir
    private Path temporary;

    private Path score(String name, String... options) {
        Path out = temporary.resolve(name);
        CommandRun.done(CommandRun.ofIoi(
                "score", out, CommandRun.with(new String[] {"--limit", "12", "--batch-size", "5"}, options)));
        return out;
    }

    private Path sweep(Path scores, String name, String... options) {
        Path out = temporary.resolve(name);
        String[] usual = {
            "--skip", "12", "--limit", "8", "--bootstrap", "0", "--show-prompts", "2", "--scores", scores.toString()
        };
        CommandRun.done(CommandRun.ofIoi("sweep", out, CommandRun.with(usual, options)));
        return out;
    }

    private static Map<String, FloatTensor> tensors(Path scores) throws IOException {
        return Safetensors.decode(Files.readAllBytes(scores.resolve(ScoreFile.NAME)), ScoreFile.NAME);
    }

    /** A sum rounds by a share of what goes into it, which may cancel. */
    private static double bound(double[] magnitudes) {
        return Rounding.of(Arrays.stream(magnitudes).max().orElseThrow()).value;
    }

    private static List<String> columns(Path table) {
        return CommandRun.table(table, rows -> List.of(rows.columns()));
    }

    private static List<Row> rows(Path table, String order) {
        return CommandRun.table(table, rows -> rows.orderBy(order).collectAsList());
    }

    @Tag("slow")
    @Test
    void nodesAreScoredAndCircuitsOfThemMeasured() throws IOException {
        Path edges = score("edges");
        Path nodes = score("nodes", "--level", "node", "--bootstrap", "20");
        assertThat(nodes.resolve("edges")).doesNotExist();
        assertThat(ScoreCommandTest.manifest(nodes).at("/options/level").asText())
                .isEqualTo("node");
        assertThat(ScoreCommandTest.manifest(edges).at("/options/level").isMissingNode())
                .isTrue();
        double[] sums = new double[NODES];
        double[] magnitudes = new double[NODES];
        for (Row edge : rows(edges.resolve("edges"), "source_index")) {
            int source = edge.getAs("source_index");
            sums[source] += edge.<Double>getAs("score");
            magnitudes[source] += Math.abs(edge.<Double>getAs("score"));
        }
        List<Row> table = rows(nodes.resolve("nodes"), "source_index");
        assertArrayEquals(
                sums,
                table.stream().mapToDouble(row -> row.<Double>getAs("score")).toArray(),
                bound(magnitudes));
        assertThat(table.get(1).schema().fieldNames())
                .containsExactly(
                        "source",
                        "module",
                        "source_index",
                        "head",
                        "score",
                        "rank",
                        "standard_error",
                        "low",
                        "high",
                        "sign_consistency",
                        "mean_rank",
                        "n_prompts",
                        "run_id");
        assertThat(table).allMatch(row -> row.<Double>getAs("low") <= row.<Double>getAs("high"));
        assertThat(rows(nodes.resolve("stability"), "requested_nodes")).isNotEmpty();
        assertThat(tensors(nodes).get("blocks.1.attn.hook_result").shape()).containsExactly(4);

        Path swept = sweep(nodes, "swept", "--edge-counts", "0,3,16", "--controls", "2", "--per-prompt");
        List<Row> measured =
                CommandRun.table(swept.resolve("measurements"), rows -> rows.filter("metric = 'faithfulness'")
                        .orderBy("achieved_nodes")
                        .collectAsList());
        assertThat(measured.get(0).<Integer>getAs("achieved_edges")).isZero();
        assertThat(measured)
                .extracting(row -> row.<Integer>getAs("achieved_nodes"))
                .containsExactly(0, 3, NODES);
        assertThat(measured.get(2).<Integer>getAs("achieved_edges")).isEqualTo(EDGES);
        assertThat(measured.get(2).<Double>getAs("value")).isEqualTo(1);
        assertThat(ScoreCommandTest.manifest(swept).at("/options/level").asText())
                .isEqualTo("node");
        List<Row> three = CommandRun.table(
                swept.resolve("circuits"),
                rows -> rows.filter("requested_nodes = 3").orderBy("rank").collectAsList());
        assertThat(three).extracting(row -> row.<Integer>getAs("rank")).containsExactly(1, 2, 3);
        for (String name : List.of("controls", "answers", "per_prompt")) {
            assertThat(columns(swept.resolve(name))).contains("requested_nodes", "achieved_nodes");
        }
    }

    @Tag("slow")
    @Test
    void neuronsAreScoredAndCircuitsOfThemMeasured() throws IOException {
        Path nodes = score("nodes", "--level", "node", "--method", "edge_attribution_patching");
        Path neurons = score("neurons", "--level", "neuron", "--bootstrap", "10");
        assertThat(tensors(neurons).get("blocks.1.attn.hook_result").shape()).containsExactly(4, WIDTH);
        double[] sums = new double[NODES];
        double[] magnitudes = new double[NODES];
        List<Row> table = rows(neurons.resolve("neurons"), "rank");
        assertThat(table).hasSize(NODES * WIDTH);
        assertThat(table.get(0).<Double>getAs("standard_error")).isPositive();
        for (Row neuron : table) {
            int source = neuron.getAs("source_index");
            sums[source] += neuron.<Double>getAs("score");
            magnitudes[source] += Math.abs(neuron.<Double>getAs("score"));
        }
        double[] ofNodes = rows(nodes.resolve("nodes"), "source_index").stream()
                .mapToDouble(row -> row.<Double>getAs("score"))
                .toArray();
        assertArrayEquals(ofNodes, sums, bound(magnitudes));

        Path swept = sweep(neurons, "swept", "--edge-counts", "0,10,1024", "--write-outputs");
        List<Row> measured =
                CommandRun.table(swept.resolve("measurements"), rows -> rows.filter("metric = 'faithfulness'")
                        .orderBy("achieved_neurons")
                        .collectAsList());
        assertThat(measured)
                .extracting(row -> row.<Integer>getAs("achieved_neurons"))
                .containsExactly(0, 10, 1024);
        assertThat(measured.get(2).<Double>getAs("weighted_edges")).isEqualTo(EDGES);
        assertThat(measured.get(1).<Integer>getAs("achieved_nodes")).isBetween(1, 10);
        assertThat(measured.get(1).<Double>getAs("weighted_edges"))
                .isLessThan(measured.get(1).<Integer>getAs("achieved_edges"));
        assertThat(columns(swept.resolve("outputs"))).contains("requested_neurons");
    }

    @Tag("slow")
    @Test
    void eapIgReadsWhatIsExportedAndASweepReadsItBack() throws IOException {
        for (String level : List.of("node", "neuron")) {
            Path scores = score(level, "--level", level);
            Path json = temporary.resolve(level + ".json");
            CommandRun.done(
                    "export",
                    "--scores",
                    scores.toString(),
                    "--format",
                    "mib",
                    "--edges",
                    "5",
                    "--out",
                    json.toString());
            JsonNode written = new ObjectMapper().readTree(json.toFile());
            assertThat(written.get("edges")).hasSize(EDGES);
            assertThat(written.at("/nodes/logits/in_graph").asBoolean()).isTrue();
            JsonNode head = written.at("/nodes/a1.h2");
            if (level.equals("node")) {
                assertThat((float) head.get("score").asDouble())
                        .isEqualTo(
                                tensors(scores).get("blocks.1.attn.hook_result").values()[2]);
            } else {
                assertThat(head.get("neurons")).hasSize(4);
                assertThat((float) head.at("/neurons_scores/2/7").asDouble())
                        .isEqualTo(
                                tensors(scores).get("blocks.1.attn.hook_result").values()[2 * WIDTH + 7]);
                assertThat(written.at("/nodes/m1/neurons_scores")).hasSize(WIDTH);
            }
            Map<Integer, Double> own = values(sweep(scores, level + "-own", "--edge-counts", "0,3,12"), level);
            assertThat(values(sweep(json, level + "-read", "--edge-counts", "0,3,12"), level))
                    .isEqualTo(own);
            Path csv = temporary.resolve(level + ".csv");
            CommandRun.done(
                    "export",
                    "--scores",
                    scores.toString(),
                    "--format",
                    "csv",
                    "--edges",
                    "3",
                    "--out",
                    csv.toString());
            assertThat(Files.readAllLines(csv)).hasSize(4).first().asString().startsWith("source,module,");
        }
    }

    private static Map<Integer, Double> values(Path swept, String level) {
        Map<Integer, Double> values = new TreeMap<>();
        CommandRun.table(swept.resolve("measurements"), rows -> rows.filter("metric = 'kl_div_clean'")
                        .collectAsList())
                .forEach(row -> values.put(row.getAs("achieved_" + level + "s"), row.getAs("value")));
        return values;
    }
}
