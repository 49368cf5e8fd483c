package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.jobs.input.ScoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts without wrong answers or without a corrupt side, which are used wherever nothing asks for these. */
class MissingFieldsTest {
    private static final int PROMPTS = 5;
    /** The line that shows the progress of scoring. */
    private static final String SCORED = "(?m)^score +100%";

    private static final String[] OF_CLEAN = {"--ablation-type", "TOKENWISE_MEAN_CLEAN", "--batch-size", "2"};

    @TempDir
    private static Path temporary;

    private static Path whole;
    private static Path clean;

    @BeforeAll
    static void writePrompts() throws IOException {
        List<ObjectNode> prompts = DemoPrompts.first("ioi", PROMPTS);
        whole = DemoPrompts.write(prompts, temporary.resolve("whole.json"));
        prompts.forEach(prompt -> prompt.remove(List.of("corrupt", "wrong_answers")));
        clean = DemoPrompts.write(prompts, temporary.resolve("clean.json"));
    }

    private static CommandRun run(String command, Path prompts, String out, String... options) {
        return CommandRun.of(CommandRun.with(
                new String[] {
                    command,
                    "--model",
                    CommandRun.MODEL,
                    "--prompts",
                    prompts.toString(),
                    "--out",
                    temporary.resolve(out).toString()
                },
                options));
    }

    private static Path score(Path prompts, String out) {
        CommandRun run = run("score", prompts, out, CommandRun.with(OF_CLEAN, "--answer-function", "avg_val"));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).containsPattern(SCORED);
        return temporary.resolve(out);
    }

    @Test
    void scoresAndCircuitsAreTheSameWithoutWhatNothingReads() throws IOException {
        Path scores = score(clean, "scores");
        assertThat(Files.readAllBytes(scores.resolve(ScoreFile.NAME)))
                .isEqualTo(Files.readAllBytes(score(whole, "whole").resolve(ScoreFile.NAME)));
        JsonNode manifest = manifest(scores);
        assertThat(manifest.at("/counts/prompts").asInt()).isEqualTo(PROMPTS);
        assertThat(manifest.has("task")).isFalse();
        assertThat(manifest.path("self_check").has("no_edges_difference")).isFalse();
        String[] options = CommandRun.with(
                OF_CLEAN,
                "--scores",
                scores.toString(),
                "--edge-counts",
                "0,20",
                "--metrics",
                "kl_div_clean,answer_value,correct_answer_percent");
        CommandRun sweep = run("sweep", clean, "sweep", options);
        assertThat(sweep.status()).as(sweep.err()).isZero();
        long told = CommandRun.<Long>table(temporary.resolve("sweep/answers"), table -> table.filter(
                        "corrupt is null and wrong_answers is null and answer_diff is null")
                .count());
        assertThat(told).isEqualTo(2 * 2);
        CommandRun report = CommandRun.of(
                "report",
                "--scores",
                scores.toString(),
                "--sweep",
                temporary.resolve("sweep").toString(),
                "--out",
                temporary.resolve("report.html").toString());
        assertThat(report.status()).as(report.err()).isZero();
    }

    @Test
    void theOptionThatNeedsThemIsNamed() {
        assertThat(run("score", clean, "a", "--ablation-type", "ZERO").complaints())
                .singleElement()
                .asString()
                .endsWith("(clean.json#0): has no wrong_answers; --answer-function avg_diff needs them");
        assertThat(run("score", clean, "b", "--method", "acdc").complaints())
                .singleElement()
                .asString()
                .endsWith("(clean.json#0): has no corrupt; --method acdc needs it");
        assertThat(run("score", clean, "c", "--answer-function", "avg_val", "--tail-divergence")
                        .complaints())
                .singleElement()
                .asString()
                .endsWith("(clean.json#0): has no corrupt; --ablation-type RESAMPLE needs it");
    }

    @Test
    void aStudyThatCouldNotMeasureDoesNotScore() {
        CommandRun study = run("study", clean, "study", CommandRun.with(OF_CLEAN, "--answer-function", "avg_val"));
        assertThat(study.status()).isEqualTo(2);
        assertThat(study.complaints())
                .singleElement()
                .asString()
                .endsWith("has no wrong_answers; --metrics faithfulness needs them");
        assertThat(study.err()).doesNotContainPattern(SCORED);
        CommandRun both = run("study", whole, "both", "--answer-function", "mse", "--metrics", "answer_diff");
        assertThat(both.complaints())
                .containsExactly("edgewise: --answer-function mse wants answers that are numbers, but --metrics"
                        + " answer_diff wants tokens; leave one out");
    }

    private static JsonNode manifest(Path directory) throws IOException {
        return new ObjectMapper().readTree(directory.resolve("manifest.json").toFile());
    }
}
