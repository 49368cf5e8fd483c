package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.jobs.run.Session;
import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class ScoreCommandTest {
    @TempDir
    private Path temporary;

    @Test
    void scoresAreTheSameToTheLastBitOnOneAndTwoCores() throws IOException {
        Path one = temporary.resolve("one");
        Path two = temporary.resolve("two");
        String[] options = {
            "score",
            "--model",
            CommandRun.MODEL,
            "--prompts",
            CommandRun.GREATER_THAN,
            "--limit",
            "70",
            "--batch-size",
            "8",
            "--integrated-grad-samples",
            "2",
            "--out"
        };
        assertThat(CommandRun.on("local[1]", with(options, one.toString())).status())
                .isZero();
        assertThat(CommandRun.on("local[2]", with(options, two.toString())).status())
                .isZero();
        assertThat(one.resolve(ScoreFile.NAME)).hasSameBinaryContentAs(two.resolve(ScoreFile.NAME));
        assertThat(manifest(one).get("run_id")).isEqualTo(manifest(two).get("run_id"));
    }

    @Test
    void aScoreDirectoryHoldsWhatItPromises() throws IOException {
        Path out = temporary.resolve("scores");
        CommandRun run = CommandRun.of(
                "score",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                CommandRun.IOI,
                "--limit",
                "5",
                "--batch-size",
                "4",
                "--out",
                out.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("262 edges scored on 5 prompts").endsWith(out + "\n");
        assertThat(run.complaints()).isEmpty();
        assertThat(out.resolve("_SUCCESS")).exists();

        Map<String, FloatTensor> tensors =
                Safetensors.decode(Files.readAllBytes(out.resolve(ScoreFile.NAME)), ScoreFile.NAME);
        assertThat(tensors).hasSize(13);
        assertThat(tensors.get("blocks.1.hook_q_input").shape()).containsExactly(4, 6);
        assertThat(tensors.get("blocks.2.hook_resid_post").shape()).containsExactly(16);

        JsonNode manifest = manifest(out);
        assertThat(manifest.at("/graph/edges").asInt()).isEqualTo(262);
        assertThat(manifest.at("/counts/prompts").asInt()).isEqualTo(5);
        assertThat(manifest.at("/counts/batches").asInt()).isEqualTo(2);
        assertThat(manifest.at("/options/mask-val").asText()).isEqualTo("0.0");

        List<Row> edges = CommandRun.table(out.resolve("edges"), table -> {
            assertThat(table.columns())
                    .containsExactly(
                            "source",
                            "destination",
                            "module",
                            "source_index",
                            "head",
                            "position",
                            "score",
                            "rank",
                            "n_prompts",
                            "run_id");
            return table.orderBy("rank").collectAsList();
        });
        assertThat(edges).hasSize(262);
        Row strongest = edges.get(0);
        FloatTensor tensor = tensors.get(strongest.<String>getAs("module"));
        int sources = (int) tensor.shape()[tensor.shape().length - 1];
        Integer head = strongest.getAs("head");
        int place = (head == null ? 0 : head * sources) + strongest.<Integer>getAs("source_index");
        assertThat(strongest.<Double>getAs("score")).isEqualTo((double) tensor.values()[place]);
        JsonNode hardware = manifest(out).get("hardware");
        assertThat(hardware.get("cpu").asText()).isNotBlank();
        assertThat(hardware.get("vector_instructions").asText()).isIn("DEFAULT", "AVX2", "AVX512");
        assertThat(hardware.get("threads").asInt()).isEqualTo(1);
        assertThat(hardware.get("gpu").isNull()).isTrue();
        assertThat(run.out()).contains(strongest.getAs("source") + "->" + strongest.getAs("destination"));
    }

    @Test
    void theLastIncompleteBatchCountsForItsShare() throws IOException {
        // Two batches of 4 and 1 together weigh as 5 batches of 1, each a quarter of a batch of 4.
        float[] mixed = resid("4");
        float[] single = resid("1");
        for (int i = 0; i < mixed.length; i++) {
            assertThat(mixed[i] * 4).isCloseTo(single[i], Rounding.of(single));
        }
    }

    private float[] resid(String batchSize) throws IOException {
        Path out = temporary.resolve("batch" + batchSize);
        CommandRun run = CommandRun.of(
                "score",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                CommandRun.IOI,
                "--limit",
                "5",
                "--batch-size",
                batchSize,
                "--out",
                out.toString());
        assertThat(run.status()).as(run.err()).isZero();
        return Safetensors.decode(Files.readAllBytes(out.resolve(ScoreFile.NAME)), ScoreFile.NAME)
                .get("blocks.2.hook_resid_post")
                .values();
    }

    @Test
    void badPromptsAreSetAsideWithTheirReasons() throws IOException {
        Path prompts = temporary.resolve("mixed.json");
        Files.writeString(
                prompts,
                """
                {"prompts": [
                 {"clean": [0, 5, 6], "corrupt": [0, 7, 6], "answers": [8], "wrong_answers": [9]},
                 {"clean": [0, 5, 6], "corrupt": [0, 7], "answers": [8], "wrong_answers": [9]},
                 {"clean": [0, 5, 6], "answers": [8], "wrong_answers": [9]},
                 {"clean": [0, 5, 6], "corrupt": [0, 7, 999], "answers": [8], "wrong_answers": [9]},
                 {"clean": "When Zaphod", "corrupt": "When Mary", "answers": [8], "wrong_answers": [9]},
                 {"clean": [0, 5, 6], "corrupt": [0, 7, 6], "answers": ["Mary and John"], "wrong_answers": [9]},
                 {"clean": [0, 5, 6], "corrupt": [0, 7, 6], "answers": [8, 9], "wrong_answers": [9]},
                 {"clean": [0, 5, 6], "corrupt": [0, 5, 6], "answers": [8], "wrong_answers": [9]},
                 {"clean": [], "corrupt": [], "answers": [8], "wrong_answers": [9]},
                 "nonsense"
                ]}""");
        Path out = temporary.resolve("scores");
        CommandRun run = CommandRun.of(
                "score", "--model", CommandRun.MODEL, "--prompts", prompts.toString(), "--out", out.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(manifest(out).at("/counts/rejected").asInt()).isEqualTo(9);
        List<String> rejected =
                CommandRun.table(out.resolve("rejected"), table -> table.orderBy("index").collectAsList().stream()
                        .map(row -> row.getAs("origin") + " " + row.getAs("reason"))
                        .toList());
        assertThat(rejected)
                .containsExactly(
                        "mixed.json#1 clean has 3 tokens and corrupt 2; they need the same number",
                        "mixed.json#2 has no corrupt; --ablation-type RESAMPLE needs it",
                        "mixed.json#3 corrupt has token 999; the model knows 0 to 485",
                        "mixed.json#4 clean has a word that the tokenizer doesn't know: \"When Zaphod\"",
                        "mixed.json#5 answers has \"Mary and John\", which is 3 tokens; an answer is one",
                        "mixed.json#6 token 9 is among the answers and the wrong_answers",
                        "mixed.json#7 clean and corrupt are the same tokens",
                        "mixed.json#8 clean is empty",
                        "mixed.json#9 is not a JSON object with clean, corrupt, answers and wrong_answers");
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "--method, random, local[2]",
        "--ablation-type, ZERO, local[2]",
        "--ablation-type, BATCH_ALL_TOK_MEAN, local[2]",
    })
    void theOtherMethodsAndAblationsRunToo(String option, String value, String masters) throws IOException {
        everyMethodAndAblationRuns(option, value, masters);
    }

    /** Every method and ablation through the command; those that are summed otherwise, to the same last bit on one and two cores. */
    @ParameterizedTest
    @CsvSource({
        "--method, edge_attribution_patching, local[2]",
        "--method, activation_magnitude, local[2] local[1]",
        "--ablation-type, TOKENWISE_MEAN_CLEAN_AND_CORRUPT, local[2] local[1]",
    })
    void everyMethodAndAblationRuns(String option, String value, String masters) throws IOException {
        byte[] previous = null;
        for (String master : masters.split(" ", -1)) {
            Path out = temporary.resolve("on-" + master);
            CommandRun run = CommandRun.on(
                    master,
                    "score",
                    "--model",
                    CommandRun.MODEL,
                    "--prompts",
                    CommandRun.IOI,
                    "--limit",
                    "9",
                    "--batch-size",
                    "4",
                    option,
                    value,
                    "--out",
                    out.toString());
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(manifest(out).at("/options" + option.replace("--", "/")).asText())
                    .isEqualTo(value.equals("edge_attribution_patching") ? "mask_gradient" : value);
            byte[] scores = Files.readAllBytes(out.resolve(ScoreFile.NAME));
            assertThat(previous == null ? scores : previous).isEqualTo(scores);
            previous = scores;
        }
    }

    @Test
    void jsonJsonlAndParquetGiveTheSameScores() throws IOException {
        Path json = temporary.resolve("p.json");
        Path jsonl = temporary.resolve("p.jsonl");
        Path parquet = temporary.resolve("p.parquet");
        List<String> prompts = List.of(
                "{\"clean\": [0, 5, 6, 7], \"corrupt\": [0, 7, 6, 5], \"answers\": [8], \"wrong_answers\": [9]}",
                "{\"clean\": [0, 5, 6], \"corrupt\": [0, 7, 6], \"answers\": [8], \"wrong_answers\": [9]}",
                "{\"clean\": [0, 9, 6], \"corrupt\": [0, 7, 8], \"answers\": [11], \"wrong_answers\": [9, 10]}");
        Files.writeString(json, "{\"prompts\": [" + String.join(",", prompts) + "]}");
        Files.writeString(jsonl, String.join("\n", prompts));
        CommandRun.table(parquetOf(jsonl, parquet), table -> table.count());
        byte[] expected = scoresOf(json);
        assertThat(scoresOf(jsonl)).isEqualTo(expected);
        assertThat(scoresOf(parquet)).isEqualTo(expected);
        assertThat(scoresOf(zipped(json))).isEqualTo(expected);
        assertThat(scoresOf(zipped(jsonl))).isEqualTo(expected);
    }

    private static Path zipped(Path file) throws IOException {
        Path zipped = file.resolveSibling(file.getFileName() + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            Files.copy(file, out);
        }
        return zipped;
    }

    private static Path parquetOf(Path jsonl, Path parquet) {
        System.setProperty("spark.master", "local[2]");
        try (Session session = Session.ofCommand("test")) {
            session.spark().read().json(jsonl.toString()).coalesce(1).write().parquet(parquet.toString());
        } finally {
            System.clearProperty("spark.master");
        }
        return parquet;
    }

    private byte[] scoresOf(Path prompts) throws IOException {
        Path out = temporary.resolve("scores-of-" + prompts.getFileName());
        CommandRun run = CommandRun.of(
                "score", "--model", CommandRun.MODEL, "--prompts", prompts.toString(), "--out", out.toString());
        assertThat(run.status()).as(run.err()).isZero();
        return Files.readAllBytes(out.resolve(ScoreFile.NAME));
    }

    public static JsonNode manifest(Path directory) throws IOException {
        return new ObjectMapper().readTree(directory.resolve(ManifestFile.NAME).toFile());
    }

    private static String[] with(String[] options, String last) {
        String[] all = Arrays.copyOf(options, options.length + 1);
        all[options.length] = last;
        return all;
    }
}
