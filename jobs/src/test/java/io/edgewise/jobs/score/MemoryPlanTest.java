package io.edgewise.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.Rounding;
import io.edgewise.jobs.command.SharedSpark;
import io.edgewise.jobs.input.ModelFiles;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.jobs.input.Prompts;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.jobs.run.Session;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.prompt.BosRule;
import io.edgewise.prompt.PromptNeeds;
import io.edgewise.reduce.BatchNotes.Unfit;
import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryPlanTest {
    private static final ModelSetup MODEL = ModelSetup.of(ModelFiles.open(Path.of(CommandRun.MODEL)));

    @TempDir
    private Path temporary;

    @Tag("slow")
    @Test
    void batchesThatDoNotFitRunInPiecesToTheSameScores() throws IOException {
        Path whole = temporary.resolve("whole");
        assertThat(score(whole).status()).isZero();
        Path pieces = temporary.resolve("pieces");
        CommandRun run = withOverhead("100m", () -> score(pieces));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(manifest(whole)).doesNotContain("split_batches");
        assertThat(new ObjectMapper()
                        .readTree(manifest(pieces))
                        .at("/split_batches/score")
                        .asInt())
                .isEqualTo(1);
        Map<String, FloatTensor> expected = scores(whole);
        Map<String, FloatTensor> actual = scores(pieces);
        Offset<Float> rounding =
                Rounding.of(expected.values().stream().map(FloatTensor::values).toArray(float[][]::new));
        expected.forEach((module, tensor) ->
                assertThat(actual.get(module).values()).as(module).containsExactly(tensor.values(), rounding));
    }

    @Test
    void whereNotEvenATokenFitsTheRunIsRefused() {
        CommandRun run = withOverhead("1m", () -> score(temporary.resolve("out")));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.complaints())
                .singleElement()
                .asString()
                .startsWith("edgewise: Scoring a prompt of one token on ")
                .contains("and 1 MiB are there; give executors more memory");
    }

    @Test
    void thePromptThatFitsIsTheLongestOne() {
        long least = 0;
        for (int megabytes = 45; megabytes < 300; megabytes += 5) {
            int longest = new MemoryPlan(MODEL, 5, false, (long) megabytes << 20, 1).longest();
            assertThat(longest)
                    .isBetween((int) Math.max(1, least), MODEL.config().positions());
            least = longest;
        }
        assertThat(least).isEqualTo(MODEL.config().positions());
    }

    @Test
    void promptsThatAreTooLongAndThoseThatTurnOutToBeAreFound() throws IOException {
        Path file = temporary.resolve("prompts.jsonl");
        Files.write(
                file,
                IntStream.range(0, 12)
                        .mapToObj(prompt -> prompt(prompt, prompt % 3 == 2 ? 7 : 5))
                        .toList());
        System.setProperty("spark.master", "local[2]");
        PromptSelection selection = new PromptSelection(
                List.of(file.toString()), 3, 0, null, null, BosRule.FALSE, false, false, null, 1, null);
        try (Session session = Session.ofCommand("test");
                PromptBatches.Result prompts =
                        Prompts.batches(session.spark(), MODEL, selection, PromptNeeds.NOTHING, 6, null)) {
            assertThat(prompts.promptCount()).isEqualTo(8);
            assertThat(prompts.rejected().collectAsList())
                    .extracting(row -> row.<String>getAs("reason"))
                    .containsOnly("has 7 tokens; alone it would need more memory than there is, which is enough for 6")
                    .hasSize(4);
            List<Row> unfit = prompts.at(List.of(new Unfit(0, 2), new Unfit(2, 1)))
                    .orderBy("index")
                    .collectAsList();
            assertThat(unfit)
                    .extracting(row -> row.<String>getAs("origin"))
                    .containsExactly("prompts.jsonl#3", "prompts.jsonl#10");
        } finally {
            System.clearProperty("spark.master");
        }
    }

    private static String prompt(int first, int length) {
        String rest = IntStream.range(1, length).mapToObj(String::valueOf).collect(Collectors.joining(","));
        return "{\"clean\": [%d,%s], \"corrupt\": [%d,%s]}".formatted(first, rest, first + 20, rest);
    }

    private static CommandRun score(Path out) {
        return CommandRun.of(
                "score",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                CommandRun.IOI,
                "--batch-size",
                "512",
                "--out",
                out.toString());
    }

    private static CommandRun withOverhead(String memory, Supplier<CommandRun> run) {
        SharedSpark.stop();
        System.setProperty("spark.executor.memoryOverhead", memory);
        try {
            return run.get();
        } finally {
            System.clearProperty("spark.executor.memoryOverhead");
        }
    }

    private static String manifest(Path directory) throws IOException {
        return Files.readString(directory.resolve("manifest.json"));
    }

    private static Map<String, FloatTensor> scores(Path directory) throws IOException {
        Path file = directory.resolve(ScoreFile.NAME);
        return Safetensors.decode(Files.readAllBytes(file), file.toString());
    }
}
