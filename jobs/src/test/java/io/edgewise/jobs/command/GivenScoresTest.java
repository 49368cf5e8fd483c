package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.jobs.input.ScoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps and exports of scores that come from files of other tools. */
class GivenScoresTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path temporary;

    private static ScoredDemo demo;

    @BeforeAll
    static void score() {
        demo = ScoredDemo.in(temporary);
    }

    @Tag("slow")
    @Test
    void whatWasExportedIsSweptAsTheScoresAre() throws IOException {
        Path bare = Files.createDirectories(temporary.resolve("bare"));
        Files.copy(demo.scores().resolve(ScoreFile.NAME), bare.resolve(ScoreFile.NAME));
        Map<String, Double> direct = sweep(demo.scores(), "own");
        assertThat(direct).hasSize(10);
        assertThat(sweep(demo.export("mib", "again.json"), "mib")).isEqualTo(direct);
        assertThat(sweep(demo.export("autocircuit", "again.safetensors"), "file"))
                .isEqualTo(direct);
        assertThat(sweep(bare, "bare")).isEqualTo(direct);
    }

    @Test
    void anEapIgFileBecomesPruneScores() throws IOException {
        Path json = demo.export("mib", "there.json");
        Path back = temporary.resolve("back.safetensors");
        CommandRun.done(
                "export",
                "--scores",
                json.toString(),
                "--model",
                CommandRun.MODEL,
                "--format",
                "autocircuit",
                "--out",
                back.toString());
        assertThat(back).hasSameBinaryContentAs(demo.scores().resolve(ScoreFile.NAME));
    }

    @Test
    void anotherModelsFileIsRefusedInOneLine() throws IOException {
        Path other = temporary.resolve("other.json");
        Files.writeString(
                other, Files.readString(demo.export("mib", "one.json")).replace("input->a0.h0<q>", "input->a0.h9<q>"));
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
                JSON.readTree(demo.export("mib", "marked.json", "--edges", "20").toFile());
        TreeSet<String> in = new TreeSet<>();
        graph.get("edges").properties().forEach(edge -> {
            ((ObjectNode) edge.getValue()).remove("score");
            if (edge.getValue().get("in_graph").booleanValue()) {
                in.add(edge.getKey());
            }
        });
        assertThat(in).hasSizeBetween(10, 20);
        Path json = temporary.resolve("unscored.json");
        Files.writeString(json, graph.toString());
        Path csv = temporary.resolve("unscored.csv");
        CommandRun.done(
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

    private static Map<String, Double> sweep(Path from, String name) {
        Path out = temporary.resolve("sweep-" + name);
        CommandRun swept = ScoredDemo.sweep(
                from, out, "--limit", "8", "--edge-counts", "0,5,20,60,262", "--metrics", "answer_diff,kl_div_clean");
        assertThat(swept.status()).as(swept.err()).isZero();
        Map<String, Double> measured = new HashMap<>();
        CommandRun.table(out.resolve("measurements"), table -> table.collectAsList())
                .forEach(row -> measured.put(
                        row.getAs("metric") + " " + row.getAs("achieved_edges"), row.<Double>getAs("value")));
        return measured;
    }
}
