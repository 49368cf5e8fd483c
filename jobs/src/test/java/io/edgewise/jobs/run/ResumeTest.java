package io.edgewise.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.KeptFiles;
import io.edgewise.jobs.command.RunningCommand;
import io.edgewise.jobs.input.ScoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
    private static final int BATCHES = 64;

    /** Where a run was killed; its output directory would be "out". */
    @TempDir
    private static Path killed;

    private static int finished;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void killARun() throws Exception {
        Path out = killed.resolve("out");
        Process process = RunningCommand.start("local[2]", arguments(out));
        KeptFiles kept = KeptFiles.beside(out, "score");
        RunningCommand.await(process, () -> kept.batches() >= BATCHES / 4);
        process.destroyForcibly().waitFor();
        finished = kept.batches();
        assertThat(finished).isBetween(BATCHES / 4, BATCHES - 1);
        assertThat(out).doesNotExist();
    }

    @Test
    void aKilledRunGoesOnWhereItWasAndEndsWithTheSameBytes() throws IOException {
        Path whole = temporary.resolve("whole");
        assertThat(score(whole).status()).isZero();
        assertThat(manifest(whole).has("resumed_batches")).isFalse();
        Path out = afterTheKill();
        CommandRun resumed = score(out, "--resume");
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(manifest(out).at("/resumed_batches/score").asInt()).isEqualTo(finished);
        assertThat(manifest(out).at("/counts/batches").asInt()).isEqualTo(BATCHES);
        assertThat(out.resolve(ScoreFile.NAME)).hasSameBinaryContentAs(whole.resolve(ScoreFile.NAME));
        for (String table : List.of("edges", "inclusion", "stability")) {
            assertThat(rows(out.resolve(table))).as(table).isEqualTo(rows(whole.resolve(table)));
        }
        assertThat(hidden()).isEmpty();
    }

    @Tag("slow")
    @Test
    void finishedBatchesOfOtherOptionsAreNotUsed() throws IOException {
        Path out = afterTheKill();
        CommandRun run = score(out, "--resume", "--mask-val", "0.5");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(manifest(out).has("resumed_batches")).isFalse();
        assertThat(KeptFiles.beside(out, "score").batches()).isEqualTo(finished);
    }

    @Tag("slow")
    @Test
    void withoutResumeFinishedBatchesAreThrownAway() throws IOException {
        Path out = afterTheKill();
        CommandRun run = score(out);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(manifest(out).has("resumed_batches")).isFalse();
        assertThat(hidden()).isEmpty();
    }

    @Test
    void brokenFilesOfFinishedBatchesAreRunAgain() throws IOException {
        Path out = afterTheKill();
        try (Stream<Path> kept =
                Files.list(KeptFiles.beside(out, "score").directory().orElseThrow())) {
            for (Path file : kept.toList()) {
                Files.write(file, new byte[100]);
            }
        }
        Path events = temporary.resolve("events.jsonl");
        CommandRun run = score(out, "--resume", "--events", events.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(manifest(out).has("resumed_batches")).isFalse();
        assertThat(events).content().contains("\"event\":\"unusable\"");
    }

    @Test
    void whatIsCompleteIsLeftWhenResumed() throws IOException {
        Path out = temporary.resolve("out");
        assertThat(score(out).status()).isZero();
        Object written = Files.getLastModifiedTime(out.resolve("manifest.json"));
        CommandRun again = score(out, "--resume");
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(again.out()).isEqualToIgnoringNewLines(out.toString());
        assertThat(Files.getLastModifiedTime(out.resolve("manifest.json"))).isEqualTo(written);

        CommandRun other = score(out, "--resume", "--mask-val", "0.5");
        assertThat(other.status()).isEqualTo(2);
        assertThat(other.complaints())
                .containsExactly("edgewise: Output directory is already there, of another run: " + out
                        + "; give another --out, or --overwrite");
    }

    /** The same output directory, with what the killed run left beside it. */
    private Path afterTheKill() throws IOException {
        FileUtils.copyDirectory(killed.toFile(), temporary.toFile());
        return temporary.resolve("out");
    }

    private CommandRun score(Path out, String... options) {
        return CommandRun.of(arguments(out, options).toArray(String[]::new));
    }

    private static List<String> arguments(Path out, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "score", "--model", CommandRun.MODEL, "--prompts", CommandRun.IOI, "--batch-size", "1", "--limit"));
        arguments.addAll(List.of(String.valueOf(BATCHES), "--bootstrap", "20", "--out", out.toString()));
        arguments.addAll(List.of(options));
        return arguments;
    }

    private static List<Row> rows(Path table) {
        return CommandRun.table(table, Dataset::collectAsList);
    }

    private List<Path> hidden() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    private static JsonNode manifest(Path directory) throws IOException {
        return new ObjectMapper().readTree(directory.resolve("manifest.json").toFile());
    }
}
