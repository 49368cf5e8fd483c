package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AutoCircuit's own scores and circuits of every kind of graph and prompts, through the command on real files. */
class GraphOptionsTest {
    private static final Path GOLDENS =
            Path.of("../udfs/src/test/resources/goldens").toAbsolutePath().normalize();
    private static final String SCORES = "scores/mask_gradient/logit/avg_diff/mask_val=0.0/RESAMPLE/corrupt/";

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @CsvSource({
        "tiny-gpt2/attn_in,      prompts,         --separate-qkv false",
        "tiny-gpt2/node,         prompts,         --factorized false",
        "tiny-gpt2/tok,          prompts,         --seq-len 8",
        "tiny-gpt2/noslice,      prompts_noslice, --slice-output none",
        "tiny-gpt2/padded,       prompts_padded,  --pad",
        "tiny-gpt2/kvcache,      prompts_kvcache, --tail-divergence --seq-len 5",
        "tracr-reverse/tok,      prompts,         --slice-output not_first_seq --seq-len 6",
        "tiny-llama/qkv,         prompts,         --kv-edges head",
    })
    void scoresOfEveryKindOfGraphAreAutoCircuits(String variant, String prompts, String options) throws IOException {
        Path out = score(variant, prompts, options.split(" "));
        compare(out, golden(variant), SCORES);
        JsonNode graph = new ObjectMapper()
                .readTree(GOLDENS.resolve(variant).resolve("graph.json").toFile());
        assertThat(manifest(out).at("/graph/edges")).isEqualTo(graph.get("n_edges"));
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "tiny-gpt2/multi,        prompts_multi,   --slice-output last_seq",
        "tiny-gpt2/ragged,       prompts_ragged,  --slice-output last_seq",
        "tiny-attn-only/qkv,     prompts,         --separate-qkv true",
        "tiny-attn-only/tok,     prompts,         --seq-len 8",
        "tracr-reverse/qkv,      prompts,         --slice-output not_first_seq",
        "tiny-neox/tok,          prompts,         --seq-len 8",
        "tiny-qwen2/attn_in,     prompts,         --separate-qkv false",
    })
    void scoresOfTheOtherGraphsAreAutoCircuitsToo(String variant, String prompts, String options) throws IOException {
        scoresOfEveryKindOfGraphAreAutoCircuits(variant, prompts, options);
    }

    @Test
    void scoresAgainstNumbersAreAutoCircuits() throws IOException {
        Path out = score("tiny-gpt2/qkv", "prompts_mse", "--answer-function", "mse");
        compare(out, golden("tiny-gpt2/qkv"), SCORES.replace("avg_diff", "mse"));
    }

    @Tag("slow")
    @Test
    void aSweepOfPositionsTakesTheGraphFromTheScoresAndDrawsIt() throws IOException {
        Path scores = score("tracr-reverse/tok", "prompts", "--slice-output", "not_first_seq", "--seq-len", "6");
        Path known = Files.writeString(
                temporary.resolve("known.json"),
                new ObjectMapper()
                        .readTree(GOLDENS.resolve("tracr-reverse/tok/info.json").toFile())
                        .at("/official_edges/true")
                        .toString());
        Path out = temporary.resolve("sweep");
        Path figure = temporary.resolve("circuit.svg");
        CommandRun run = CommandRun.of(
                "sweep",
                "--model",
                GOLDENS.resolve("tracr-reverse/model").toString(),
                "--prompts",
                GOLDENS.resolve("tracr-reverse/prompts.json").toString(),
                "--batch-size",
                "4",
                "--scores",
                scores.toString(),
                "--edge-counts",
                "0,2,6,10,462",
                "--known-edges",
                known.toString(),
                "--render-graph",
                figure.toString(),
                "--write-outputs",
                "--out",
                out.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("ROC area against the known edges: ");

        Map<String, FloatTensor> golden = golden("tracr-reverse/tok");
        String circuit = "circuits/mask_gradient/logit/avg_diff/mask_val=0.0/RESAMPLE/corrupt/TREE_PATCH/RESAMPLE/"
                + "reverse=False/n=6/b1";
        List<Row> rows =
                CommandRun.table(out.resolve("outputs"), table -> table.filter("achieved_edges = 6 and batch_index = 1")
                        .orderBy("prompt_index")
                        .collectAsList());
        List<Float> logits = new ArrayList<>();
        rows.forEach(row -> logits.addAll(row.getList(row.fieldIndex("logits"))));
        assertThat(rows.get(0).<Integer>getList(rows.get(0).fieldIndex("shape")))
                .containsExactly(5, 3);
        float[] expected = golden.get(circuit).values();
        assertThat(logits).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(logits.get(i)).isCloseTo(expected[i], within(1e-4f));
        }

        long positions = CommandRun.table(
                out.resolve("circuits"), table -> table.filter("achieved_edges = 10 and position is not null")
                        .count());
        assertThat(positions).isEqualTo(10);
        List<Row> roc =
                CommandRun.table(out.resolve("roc"), table -> table.orderBy("achieved_edges", "true_positive_rate")
                        .collectAsList());
        assertThat(roc.get(0).<Double>getAs("true_positive_rate")).isZero();
        assertThat(roc.get(roc.size() - 1).<Double>getAs("false_positive_rate")).isEqualTo(1);
        assertThat(manifest(out).get("roc_area").asDouble()).isBetween(0.9, 1.0);
        long areas = CommandRun.table(
                out.resolve("areas"), table -> table.filter("log_x").count());
        assertThat(areas).isEqualTo(5);
        assertThat(figure).content().startsWith("<?xml").contains("A3.0-&gt;Resid End");
        assertThat(out.resolve("circuit.svg")).hasSameTextualContentAs(figure);
    }

    @Tag("slow")
    @Test
    void theFigureLabelsPositionsWithTheDataSetsLabels() throws IOException {
        Path scores = temporary.resolve("scores");
        String[] prompts = {
            "--model", CommandRun.MODEL, "--prompts", CommandRun.GREATER_THAN, "--limit", "8", "--batch-size", "4"
        };
        assertThat(CommandRun.of(with(prompts, "score", "--seq-len", "13", "--out", scores.toString()))
                        .status())
                .isZero();
        Path out = temporary.resolve("sweep");
        CommandRun run = CommandRun.of(with(
                prompts,
                "sweep",
                "--scores",
                scores.toString(),
                "--edge-counts",
                "30",
                "--render-graph",
                out.resolve("circuit.html").toString(),
                "--render-score-threshold",
                "0.001",
                "--out",
                out.toString()));
        assertThat(run.status()).as(run.err()).isZero();
        // The labels are for the words; the tokenizer puts a begin-of-text token before them.
        assertThat(out.resolve("circuit.html")).content().contains("YY").contains("30 of 3406 edges");
    }

    @Test
    void groundTruthScoresAreOneForTheKnownEdges() throws IOException {
        Path known = Files.writeString(
                temporary.resolve("known.txt"), "# by hand\nA3.0->Resid End\n\nResid Start->A3.0.V\n");
        Path out = score(
                "tracr-reverse/qkv",
                "prompts",
                "--slice-output",
                "not_first_seq",
                "--method",
                "ground_truth",
                "--known-edges",
                known.toString());
        compare(out, golden("tracr-reverse/qkv"), "scores/ground_truth/true/");
    }

    @Test
    void acdcIsAutoCircuits() throws IOException {
        Path out = score(
                "tiny-gpt2/qkv",
                "prompts",
                "--method",
                "acdc",
                "--tao-exps",
                "-3,-2,-1",
                "--tao-bases",
                "1",
                "--faithfulness-target",
                "mse");
        Map<String, FloatTensor> golden = golden("tiny-gpt2/qkv");
        Map<String, FloatTensor> actual = Safetensors.decode(Files.readAllBytes(out.resolve(ScoreFile.NAME)), "scores");
        for (String module : actual.keySet()) {
            assertThat(actual.get(module).values())
                    .containsExactly(golden.get("scores/acdc/mse/exps=-3,-2,-1/bases=1/" + module)
                            .values());
        }
    }

    private static String[] with(String[] prompts, String command, String... more) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(prompts));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private Path score(String variant, String prompts, String... options) {
        Path model = GOLDENS.resolve(variant).getParent();
        Path out = temporary.resolve("scores");
        String[] files = {
            "--model",
            model.resolve("model").toString(),
            "--prompts",
            model.resolve(prompts + ".json").toString(),
            "--batch-size",
            "4",
            "--out",
            out.toString()
        };
        CommandRun run = CommandRun.of(with(files, "score", options));
        assertThat(run.status()).as(run.err()).isZero();
        return out;
    }

    private static void compare(Path out, Map<String, FloatTensor> golden, String scores) throws IOException {
        Map<String, FloatTensor> actual = Safetensors.decode(Files.readAllBytes(out.resolve(ScoreFile.NAME)), "scores");
        float largest = 0;
        for (String module : actual.keySet()) {
            for (float score : golden.get(scores + module).values()) {
                largest = Math.max(largest, Math.abs(score));
            }
        }
        for (String module : actual.keySet()) {
            FloatTensor expected = golden.get(scores + module);
            assertThat(actual.get(module).shape()).as(module).containsExactly(expected.shape());
            assertThat(actual.get(module).values())
                    .as(module)
                    .containsExactly(expected.values(), within(1e-5f * largest));
        }
    }

    private static Map<String, FloatTensor> golden(String variant) throws IOException {
        return Safetensors.decode(Files.readAllBytes(GOLDENS.resolve(variant).resolve("tensors.safetensors")), variant);
    }

    private static JsonNode manifest(Path out) throws IOException {
        return new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
    }
}
