package io.edgewise.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.KeptFiles;
import io.edgewise.jobs.input.ScoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on a cluster changes no bit of the scores and their errors. */
@Tag("slow")
class FaultsTest {
    private static final int BATCHES = 64;

    @TempDir
    private static Path expected;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void runQuietly() {
        CommandRun run = CommandRun.on("local[1]", arguments(expected.resolve("scores")));
        assertThat(run.status()).as(run.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 7})
    void anyNumberOfPartitionsGivesTheSameBytes(int cores) {
        Path out = temporary.resolve("scores");
        CommandRun run = with(
                Map.of("spark.default.parallelism", String.valueOf(cores)),
                () -> CommandRun.on("local[2]", arguments(out)));
        assertThat(run.status()).as(run.err()).isZero();
        assertSameScores(out);
    }

    @Test
    void anExecutorKilledOnTheWayIsReplacedAndNothingIsLostOrCountedTwice() throws IOException {
        Path out = temporary.resolve("scores");
        Path events = temporary.resolve("events.jsonl");
        KeptFiles kept = KeptFiles.beside(out, "score");
        CompletableFuture<Void> kill = CompletableFuture.runAsync(() -> {
            while (kept.batches() < BATCHES / 4) {
                Thread.onSpinWait();
            }
            executor().destroyForcibly();
        });
        List<String> arguments = new ArrayList<>(List.of(arguments(out)));
        arguments.addAll(List.of("--events", events.toString()));
        CommandRun run = with(
                Map.of(
                        "spark.executor.extraClassPath",
                        System.getProperty("java.class.path"),
                        "spark.ui.enabled",
                        "false",
                        "spark.speculation",
                        "true"),
                () -> CommandRun.on("local-cluster[2,1,1024]", arguments.toArray(String[]::new)));
        kill.join();
        assertThat(run.status()).as(run.err()).isZero();
        assertSameScores(out);
        JsonNode faults = new ObjectMapper()
                .readTree(out.resolve("manifest.json").toFile())
                .path("faults");
        assertThat(faults.path("lost_executors").asInt()).isEqualTo(1);
        assertThat(events(events))
                .contains("started", "prompts", "executor_lost", "progress", "self_check", "completed");
    }

    /** Spark's local cluster starts executors as processes of this one. */
    private static ProcessHandle executor() {
        return ProcessHandle.current()
                .children()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> events(Path file) throws IOException {
        List<String> events = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode event = new ObjectMapper().readTree(line);
            assertThat(event.path("run_id").asText()).hasSize(16);
            assertThat(event.path("time").asText()).isNotEmpty();
            events.add(event.path("event").asText());
        }
        return events;
    }

    private static CommandRun with(Map<String, String> properties, Supplier<CommandRun> run) {
        properties.forEach(System::setProperty);
        try {
            return run.get();
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }

    private static void assertSameScores(Path out) {
        assertThat(out.resolve(ScoreFile.NAME))
                .hasSameBinaryContentAs(expected.resolve("scores").resolve(ScoreFile.NAME));
        for (String table : List.of("edges", "inclusion", "stability")) {
            assertThat(rows(out.resolve(table)))
                    .as(table)
                    .isEqualTo(rows(expected.resolve("scores").resolve(table)));
        }
    }

    private static List<Row> rows(Path table) {
        return CommandRun.table(table, Dataset::collectAsList);
    }

    private static String[] arguments(Path out) {
        return CommandRun.ofIoi(
                "score", out, "--batch-size", "1", "--limit", String.valueOf(BATCHES), "--bootstrap", "20");
    }
}
