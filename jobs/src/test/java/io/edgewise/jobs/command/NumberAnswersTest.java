package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.jobs.input.FirstAnswers;
import io.edgewise.jobs.run.Session;
import io.edgewise.prompt.AnswerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts whose answers are numbers, from the scores to the report. */
class NumberAnswersTest {
    @TempDir
    private static Path temporary;

    private static Path prompts;

    @BeforeAll
    static void writePrompts() throws IOException {
        List<ObjectNode> numbers = DemoPrompts.first("ioi", 8);
        numbers.forEach(prompt -> {
            prompt.remove("wrong_answers");
            prompt.putArray("answers").add(0.5);
        });
        prompts = DemoPrompts.write(numbers, temporary.resolve("numbers.json"));
    }

    private static CommandRun run(String command, String... options) {
        return CommandRun.of(CommandRun.with(
                new String[] {command, "--model", CommandRun.MODEL, "--prompts", prompts.toString(), "--bootstrap", "0"
                },
                options));
    }

    @Test
    void aStudyMeasuresTheirErrorAndMakesAReport() throws IOException {
        Path out = temporary.resolve("study");
        CommandRun study = run(
                "study",
                "--answer-function",
                "mse",
                "--edge-counts",
                "0,20,262",
                "--controls",
                "0",
                "--out",
                out.toString());
        assertThat(study.status()).as(study.err()).isZero();
        assertThat(study.out())
                .startsWith("numbers: The mean squared error is ")
                .containsPattern(
                        "is [0-9.e+]+ with all 262 edges, [0-9.e+]+ with 20, [0-9.e+]+ with none, measured on");
        assertThat(Files.readString(out.resolve("report.html"))).contains("with all 262 edges");
        Path sweep = out.resolve("numbers/mask_gradient/sweep/measurements");
        List<String> metrics = CommandRun.table(
                sweep, table -> table.select("metric").distinct().orderBy("metric").collectAsList().stream()
                        .map(row -> row.getString(0))
                        .toList());
        assertThat(metrics).containsExactly("kl_div_clean", "mse");
    }

    @Test
    void aSweepTakesMetricsThatServeTheFirstPrompt() {
        CommandRun sweep = run(
                "sweep",
                "--scores",
                DemoRun.once().of("ioi", "score").toString(),
                "--edge-counts",
                "0,20",
                "--out",
                temporary.resolve("sweep").toString());
        assertThat(sweep.status()).as(sweep.err()).isZero();
        assertThat(sweep.out()).contains("mse", "kl_div_clean").doesNotContain("faithfulness");
    }

    @Test
    void metricsOfTokensAndOfNumbersDoNotGoTogether() {
        CommandRun sweep = run(
                "sweep",
                "--scores",
                DemoRun.once().of("ioi", "score").toString(),
                "--metrics",
                "mse,answer_diff",
                "--out",
                temporary.resolve("both").toString());
        assertThat(sweep.status()).isEqualTo(2);
        assertThat(sweep.complaints())
                .containsExactly("edgewise: --metrics mse wants answers that are numbers, but --metrics answer_diff"
                        + " wants tokens; leave one out");
    }

    @Test
    void everyFormatTellsThemByTheFirstPrompt() throws IOException {
        String numbers = "{\"clean\": [1], \"answers\": [[0.0, 1]]}";
        String tokens = "{\"clean\": [1], \"answers\": [0, 1]}";
        for (String more : List.of("", "[", "{\"seq_labels\": [\"a\"], \"prompts\": [")) {
            assertThat(kind("p.json", more + numbers)).as(more).isEqualTo(AnswerKind.VALUES);
            assertThat(kind("p.json", more + tokens)).as(more).isEqualTo(AnswerKind.TOKENS);
        }
        assertThat(kind("p.jsonl", numbers + "\n" + tokens)).isEqualTo(AnswerKind.VALUES);
        assertThat(kind("p.json", "nonsense")).isEqualTo(AnswerKind.TOKENS);
        Path table = temporary.resolve("p.parquet");
        System.setProperty("spark.master", "local[2]");
        SharedSpark.on("local[2]");
        try (Session session = Session.ofCommand("test")) {
            write(session.spark(), "double", table.resolve("numbers.parquet"));
            write(session.spark(), "int", table.resolve("tokens.parquet"));
        } finally {
            System.clearProperty("spark.master");
        }
        assertThat(FirstAnswers.kind(List.of(table.resolve("numbers.parquet").toString())))
                .isEqualTo(AnswerKind.VALUES);
        assertThat(FirstAnswers.kind(List.of(table.resolve("tokens.parquet").toString())))
                .isEqualTo(AnswerKind.TOKENS);
    }

    private static void write(SparkSession spark, String type, Path table) {
        spark.sql("select array(array(cast(1 as " + type + "))) as answers")
                .write()
                .parquet(table.toString());
    }

    private static AnswerKind kind(String file, String text) throws IOException {
        Path written = Files.writeString(temporary.resolve(file), text);
        return FirstAnswers.kind(List.of(written.toString()));
    }
}
