package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.jobs.input.ScoreFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepCommandTest {
    @TempDir
    private Path temporary;

    /** What Hugging Face's transformers gave on all 512 prompts: conf/demo/metrics.json. */
    @ParameterizedTest
    @CsvSource({"greaterthan, 6.4919, 0.8026, TREE_PATCH", "ioi, 8.2932, 0.0334, EDGE_PATCH"})
    void bothEndsOfASweepAreTheReferencesOwnNumbers(String task, double clean, double corrupt, String patchType) {
        String prompts = CommandRun.demo("datasets/" + task + ".json").toString();
        Path scores = temporary.resolve("scores");
        assertRan(
                "score", "--model", CommandRun.MODEL, "--prompts", prompts, "--limit", "4", "--out", scores.toString());
        Path out = temporary.resolve(patchType);
        assertRan(
                "sweep",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                prompts,
                "--batch-size",
                "100",
                "--scores",
                scores.toString(),
                "--edge-counts",
                "0,262",
                "--patch-type",
                patchType,
                "--metrics",
                "answer_diff,kl_div_clean,kl_div_corrupt",
                "--out",
                out.toString());
        Map<String, Double> measured = measurements(out);
        assertThat(measured.get("answer_diff 262")).isCloseTo(clean, within(1e-3));
        assertThat(measured.get("answer_diff 0")).isCloseTo(corrupt, within(1e-3));
        // Sums of log probabilities, each off by its own rounding.
        assertThat(measured.get("kl_div_clean 262")).isCloseTo(0, Rounding.of(1));
        assertThat(measured.get("kl_div_corrupt 0")).isCloseTo(0, Rounding.of(1));
        assertThat(measured.get("kl_div_clean 0")).isGreaterThan(0.1);
    }

    @Test
    void aShuffleIsTheSameOnAnyCluster() {
        Path one = temporary.resolve("one");
        Path two = temporary.resolve("two");
        Path unshuffled = temporary.resolve("unshuffled");
        for (Map.Entry<String, Path> run :
                Map.of("local[1]", one, "local[2]", two).entrySet()) {
            CommandRun score = CommandRun.on(
                    run.getKey(),
                    "score",
                    "--model",
                    CommandRun.MODEL,
                    "--prompts",
                    CommandRun.IOI,
                    "--prompts",
                    CommandRun.IOI,
                    "--shuffle-seed",
                    "7",
                    "--skip",
                    "3",
                    "--limit",
                    "9",
                    "--batch-size",
                    "4",
                    "--out",
                    run.getValue().toString());
            assertThat(score.status()).as(score.err()).isZero();
        }
        assertThat(one.resolve(ScoreFile.NAME)).hasSameBinaryContentAs(two.resolve(ScoreFile.NAME));
        assertRan(
                "score",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                CommandRun.IOI,
                "--skip",
                "3",
                "--limit",
                "9",
                "--batch-size",
                "4",
                "--out",
                unshuffled.toString());
        assertThat(unshuffled.resolve(ScoreFile.NAME)).binaryContent().isNotEqualTo(bytes(one));
    }

    @Tag("slow")
    @Test
    void outputsAreTheLogitsThatTheMeasurementsAreMadeOf() {
        Path scores = temporary.resolve("scores");
        assertRan(
                "score",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                CommandRun.IOI,
                "--limit",
                "5",
                "--method",
                "random",
                "--out",
                scores.toString());
        Path out = temporary.resolve("sweep");
        assertRan(
                "sweep",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                CommandRun.IOI,
                "--limit",
                "5",
                "--batch-size",
                "3",
                "--scores",
                scores.toString(),
                "--edge-counts",
                "0,100",
                "--metrics",
                "correct_answer_percent",
                "--ablation-type",
                "TOKENWISE_MEAN_CORRUPT",
                "--write-outputs",
                "--out",
                out.toString());
        List<Row> rows = CommandRun.table(out.resolve("outputs"), table -> {
            assertThat(table.columns())
                    .containsExactly(
                            "requested_edges",
                            "achieved_edges",
                            "batch_key",
                            "batch_index",
                            "prompt_index",
                            "shape",
                            "logits",
                            "run_id");
            return table.orderBy("achieved_edges", "batch_index", "prompt_index")
                    .collectAsList();
        });
        assertThat(rows).hasSize(10);
        assertThat(rows.subList(0, 5).stream().map(row -> row.getAs("batch_index") + "/" + row.getAs("prompt_index")))
                .containsExactly("0/0", "0/1", "0/2", "1/0", "1/1");
        for (Row row : rows) {
            assertThat(row.getList(row.fieldIndex("logits"))).hasSize(486).doesNotContainNull();
            assertThat(row.<String>getAs("batch_key")).hasSize(64);
        }
    }

    @Tag("slow")
    @Test
    void namesMayHaveSpaces() throws IOException {
        Path home = Files.createDirectories(temporary.resolve("my models & prompts"));
        Path model = Files.createDirectories(home.resolve("demo model"));
        for (String file : List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")) {
            Files.copy(CommandRun.demo("model/" + file), model.resolve(file));
        }
        Path prompts = Files.copy(CommandRun.demo("datasets/ioi.json"), home.resolve("ioi prompts.json"));
        Path scores = home.resolve("my scores");
        Path sweep = home.resolve("my sweep");
        Path page = home.resolve("my report.html");
        assertRan(
                "score",
                "--model",
                model.toString(),
                "--prompts",
                prompts.toString(),
                "--limit",
                "2",
                "--out",
                scores.toString());
        assertRan(
                "sweep",
                "--model",
                model.toString(),
                "--prompts",
                prompts.toString(),
                "--limit",
                "2",
                "--scores",
                scores.toString(),
                "--edge-counts",
                "10",
                "--out",
                sweep.toString());
        assertRan("report", "--scores", scores.toString(), "--sweep", sweep.toString(), "--out", page.toString());
        assertThat(page).exists();
    }

    @Test
    void optionFilesAreRead() {
        Path out = temporary.resolve("scores");
        assertRan(
                "score",
                "@../conf/score.args",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                CommandRun.IOI,
                "--limit",
                "4",
                "--out",
                out.toString());
        Path sweep = temporary.resolve("sweep");
        assertRan(
                "sweep",
                "@../conf/sweep.args",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                CommandRun.IOI,
                "--limit",
                "4",
                "--scores",
                out.toString(),
                "--out",
                sweep.toString());
        assertThat(measurements(sweep)).containsKeys("answer_diff 0", "kl_div_clean 200", "answer_diff_percent 262");
    }

    private static byte[] bytes(Path directory) {
        try {
            return Files.readAllBytes(directory.resolve(ScoreFile.NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertRan(String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.status()).as(run.err()).isZero();
    }

    private static Map<String, Double> measurements(Path directory) {
        return CommandRun.table(directory.resolve("measurements"), table -> table.collectAsList().stream()
                .collect(Collectors.toMap(
                        row -> row.getAs("metric") + " " + row.getAs("achieved_edges"),
                        row -> row.<Double>getAs("value"))));
    }
}
