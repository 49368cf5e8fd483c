package io.edgewise.jobs.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.DemoPrompts;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.input.ScoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyJobTest {
    private static final int PROMPTS = 24;

    @TempDir
    private static Path shared;

    @TempDir
    private Path temporary;

    private static Path ioi;
    private static Path years;
    private static Path out;
    private static CommandRun run;

    @BeforeAll
    static void study() throws IOException {
        ioi = DemoPrompts.write(DemoPrompts.first("ioi", PROMPTS), shared.resolve("ioi.json"));
        years = DemoPrompts.write(DemoPrompts.first("greaterthan", PROMPTS), shared.resolve("greaterthan.json"));
        out = shared.resolve("out");
        run = study(out);
        assertThat(run.status()).as(run.err()).isZero();
    }

    private static CommandRun study(Path out, String... options) {
        List<String> arguments = new ArrayList<>(List.of("study", "--model", CommandRun.MODEL));
        arguments.addAll(List.of("--prompts", ioi.toString(), "--prompts", years.toString()));
        arguments.addAll(List.of("--method", "mask_gradient", "--method", "activation_magnitude"));
        arguments.addAll(List.of("--edge-counts", "0,20,262", "--bootstrap", "0", "--controls", "0", "--keep", "0"));
        arguments.addAll(List.of("--out", out.toString()));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void everyTaskIsScoredByEveryMethodAndMeasuredOnItsOtherPrompts() throws IOException {
        for (String task : List.of("ioi", "greaterthan")) {
            for (String method : List.of("mask_gradient", "activation_magnitude")) {
                Path part = out.resolve(task).resolve(method);
                JsonNode scored = ManifestFile.read(part.resolve("score").toString());
                JsonNode swept = ManifestFile.read(part.resolve("sweep").toString());
                assertThat(scored.at("/options/method").asText()).isEqualTo(method);
                int scoring = scored.at("/counts/prompts").asInt();
                assertThat(scoring).isBetween(1, PROMPTS - 1);
                assertThat(swept.at("/counts/prompts").asInt()).isEqualTo(PROMPTS - scoring);
                assertThat(run.out()).contains(task + ", " + method + ": ");
                assertThat(Files.readString(out.resolve("report.html"))).contains(task + ", " + method);
            }
        }
        assertThat(run.out())
                .contains("measured on ", " held-out prompts")
                .endsWith("Report: " + out.resolve("report.html") + "\n");
    }

    @Test
    void itsMethodsAreComparedForEachTaskAndWhatIsUnknownIsNull() {
        List<Row> rows = CommandRun.table(out.resolve("methods"), table -> table.collectAsList());
        assertThat(rows)
                .extracting(row -> row.getAs("task") + " " + row.getAs("method"))
                .containsExactly(
                        "ioi mask_gradient",
                        "ioi activation_magnitude",
                        "greaterthan mask_gradient",
                        "greaterthan activation_magnitude");
        for (Row row : rows) {
            assertThat(row.<Double>getAs("area")).isNotNull();
            assertThat(row.<Double>getAs("seconds")).isPositive();
            for (String unknown :
                    List.of("area_low", "edges_at_90_low", "edges_at_90_high", "cpr", "cmd", "stability")) {
                assertThat(row.<Object>getAs(unknown)).as(unknown).isNull();
            }
        }
    }

    @Test
    void itsStepsAreWhatScoreAndSweepMake() {
        Path scores = temporary.resolve("scores");
        Path sweep = temporary.resolve("sweep");
        String[] prompts = {"--model", CommandRun.MODEL, "--prompts", ioi.toString(), "--split", "0.5"};
        CommandRun.done(CommandRun.with(new String[] {"score", "--out", scores.toString()}, prompts));
        CommandRun.done(CommandRun.with(
                new String[] {
                    "sweep",
                    "--scores",
                    scores.toString(),
                    "--edge-counts",
                    "0,20,262",
                    "--bootstrap",
                    "0",
                    "--out",
                    sweep.toString()
                },
                prompts));
        Path part = out.resolve("ioi/mask_gradient");
        assertThat(scores.resolve(ScoreFile.NAME))
                .hasSameBinaryContentAs(part.resolve("score").resolve(ScoreFile.NAME));
        for (String step : List.of("score", "sweep")) {
            Path alone = step.equals("score") ? scores : sweep;
            assertThat(ManifestFile.read(alone.toString()).get("run_id"))
                    .isEqualTo(ManifestFile.read(part.resolve(step).toString()).get("run_id"));
        }
    }

    /** A part is known by the tokens alone: another order, and prompts that occur twice, change nothing. */
    @Test
    void noPromptIsInBothPartsHoweverOftenAndWhereItStands() throws IOException {
        List<ObjectNode> twice = new ArrayList<>();
        DemoPrompts.first("ioi", PROMPTS).forEach(prompt -> twice.addAll(0, List.of(prompt, prompt)));
        Path file = DemoPrompts.write(twice, temporary.resolve("twice.json"));
        Set<String> measuring = measuring(file, "twice");
        assertThat(ManifestFile.read(temporary.resolve("twice").toString())
                        .at("/counts/prompts")
                        .asInt())
                .isEqualTo(2 * measuring.size());
        assertThat(measuring(ioi, "once")).isEqualTo(measuring).hasSizeBetween(1, PROMPTS - 1);
    }

    /** The clean prompts of the part that measures, as the table of answers tells them. */
    private Set<String> measuring(Path prompts, String name) {
        Path sweep = temporary.resolve(name);
        CommandRun.done(
                "sweep",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                prompts.toString(),
                "--scores",
                out.resolve("ioi/mask_gradient/score").toString(),
                "--split",
                "0.5",
                "--show-prompts",
                "100",
                "--edge-counts",
                "262",
                "--out",
                sweep.toString());
        return CommandRun.table(
                sweep.resolve("answers"),
                table -> new TreeSet<>(table.select("clean").distinct().collectAsList().stream()
                        .map(row -> row.getString(0))
                        .toList()));
    }

    @Tag("slow")
    @Test
    void aStudyThatWasStoppedGoesOnAndEndsWithTheSameBytes() throws IOException {
        Path again = temporary.resolve("again");
        String id = ManifestFile.read(out.toString()).get("run_id").asText();
        Path parts = temporary.resolve(".again.parts-" + id);
        // As a run leaves it that is killed while it measures the second task.
        FileUtils.copyDirectory(out.toFile(), parts.toFile());
        for (String later : List.of(
                "_SUCCESS",
                "manifest.json",
                "report.html",
                "greaterthan/activation_magnitude",
                "greaterthan/mask_gradient/sweep")) {
            FileUtils.forceDelete(parts.resolve(later).toFile());
        }
        Object finished = Files.getLastModifiedTime(parts.resolve("ioi/mask_gradient/sweep/manifest.json"));
        CommandRun resumed = study(again, "--resume");
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(Files.getLastModifiedTime(again.resolve("ioi/mask_gradient/sweep/manifest.json")))
                .isEqualTo(finished);
        assertThat(resumed.out()).isEqualTo(run.out().replace(out.toString(), again.toString()));
        for (String task : List.of("ioi", "greaterthan")) {
            for (String method : List.of("mask_gradient", "activation_magnitude")) {
                Path scores = Path.of(task, method, "score", ScoreFile.NAME);
                assertThat(again.resolve(scores)).hasSameBinaryContentAs(out.resolve(scores));
            }
        }
        assertThat(parts).doesNotExist();
        CommandRun there = study(again, "--resume");
        assertThat(there.out()).isEqualTo(resumed.out());
    }

    @Tag("slow")
    @Test
    void aStudyThatFailsLeavesNoDirectoryButWhatWasFinished() throws IOException {
        Path failed = temporary.resolve("failed");
        Path broken = Files.writeString(shared.resolve("broken.json"), "{\"prompts\": []}");
        String[] onTwo = {
            "study",
            "--model",
            CommandRun.MODEL,
            "--prompts",
            ioi.toString(),
            "--prompts",
            broken.toString(),
            "--edge-counts",
            "0",
            "--bootstrap",
            "0",
            "--out",
            failed.toString()
        };
        CommandRun wrong = CommandRun.of(onTwo);
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(failed).doesNotExist();
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).singleElement().asString().contains(".failed.parts-");
        }
        assertThat(CommandRun.of(onTwo).status()).isEqualTo(2);
    }

    @Test
    void wrongStudiesAreSaidBeforeAnythingIsStarted() {
        assertThat(study(temporary.resolve("a"), "--name", "one").complaints())
                .containsExactly("edgewise: --name wants one name for each of the 2 --prompts, got 1");
        assertThat(study(temporary.resolve("a"), "--name", "one", "--name", "one")
                        .complaints())
                .containsExactly("edgewise: Two of the --prompts are called one; give each its own --name");
        assertThat(study(temporary.resolve("a"), "--name", "one", "--name", "../two")
                        .complaints())
                .singleElement()
                .asString()
                .startsWith("edgewise: --name names a directory, of letters, digits");
        assertThat(study(temporary.resolve("a"), "--name", "one", "--name", "methods")
                        .complaints())
                .singleElement()
                .asString()
                .startsWith("edgewise: --name names a directory, but methods is a table of the study's");
        assertThat(study(temporary.resolve("a"), "--limit", "4", "--split", "0.5")
                        .complaints())
                .singleElement()
                .asString()
                .startsWith("edgewise: --split and --limit don't go together in a study");
        assertThat(study(temporary.resolve("a"), "--split", "1").complaints())
                .singleElement()
                .asString()
                .contains("--split must be greater than 0 and less than 1");
    }

    /** All options of the file are read before one is found that doesn't go with them. */
    @Test
    void theOptionFileHasNoOptionThatStudyDoesNotKnow() {
        CommandRun read = CommandRun.of(
                "study",
                "@../conf/study.args",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                ioi.toString(),
                "--limit",
                "4",
                "--out",
                temporary.resolve("a").toString());
        assertThat(read.complaints())
                .singleElement()
                .asString()
                .startsWith("edgewise: --split and --limit don't go together in a study");
    }
}
