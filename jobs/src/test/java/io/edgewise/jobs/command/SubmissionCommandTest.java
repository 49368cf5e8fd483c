package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.Level;
import io.edgewise.graph.ModelGraph;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.score.NodeScores;
import io.edgewise.score.PruneScores;
import io.edgewise.score.RankedScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders for the MIB benchmark, made of scores of a model of GPT-2 small's shape and of the demo's, which stands in for InterpBench's. */
class SubmissionCommandTest {
    private static final String GPT2 =
            "{\"model_type\": \"gpt2\", \"n_layer\": 12, \"n_head\": 12, \"n_embd\": 768, \"n_positions\": 1024, \"vocab_size\":"
                    + " 50257}";

    @TempDir
    private Path temporary;

    private Path gpt2;
    private Path out;

    @BeforeEach
    void makeAModel() throws IOException {
        gpt2 = Files.createDirectories(temporary.resolve("gpt2"));
        Files.writeString(gpt2.resolve("config.json"), GPT2);
        out = temporary.resolve("submission");
    }

    private static PruneScores random(Path model, int seed) {
        ModelGraph graph = TransformerConfig.read(model).graph(GraphSpec.DEFAULT);
        Random random = new Random(seed);
        return PruneScores.of(
                graph,
                IntStream.range(0, graph.edgeCount())
                        .mapToDouble(edge -> random.nextGaussian())
                        .toArray());
    }

    /** What score --out writes, as far as an export reads it. */
    private String result(String name, Path model, RankedScores scores) throws IOException {
        Path directory = Files.createDirectories(temporary.resolve(name));
        Files.write(directory.resolve(ScoreFile.NAME), ScoreFile.encode(scores));
        Files.writeString(
                directory.resolve("manifest.json"),
                "{\"command\": \"score\", \"model\": {\"directory\": \"" + model
                        + "\"}, \"counts\": {\"prompts\": 4}}");
        return directory.toString();
    }

    /** What study --out writes, as far as an export reads it. */
    private Path study(String tasks, String... methods) throws IOException {
        Path study = Files.createDirectories(temporary.resolve("study"));
        String options = String.join(
                ", ",
                Arrays.stream(methods)
                        .map(method -> "\"method " + method + "\": \"\"")
                        .toList());
        Files.writeString(
                study.resolve("manifest.json"),
                "{\"command\": \"study\", \"options\": {\"tasks\": \"" + tasks + "\", " + options + "}}");
        int seed = 0;
        for (String task : tasks.split(",", -1)) {
            for (String method : methods) {
                result("study/" + task + "/" + method + "/score", gpt2, random(gpt2, seed++));
            }
        }
        return study;
    }

    private CommandRun export(String... options) {
        String[] export = {"export", "--format", "mib-submission", "--out", out.toString()};
        return CommandRun.of(CommandRun.with(export, options));
    }

    private List<String> written() throws IOException {
        try (Stream<Path> files = Files.walk(out)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> out.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theImportancesOfAStudyAreTheScoresOfItsTask() throws IOException {
        Path study = study("ioi", "mask_gradient");
        CommandRun run = export("--scores", study.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().strip()).isEqualTo(out.toString());
        assertThat(run.err())
                .contains("warning: The benchmark wants at least 2 tasks; this has 1", "at least 2 models; this has 1");
        assertThat(written()).containsExactly("ioi_gpt2/importances.json");
        Path back = temporary.resolve("back.safetensors");
        CommandRun.done(
                "export",
                "--scores",
                out.resolve("ioi_gpt2/importances.json").toString(),
                "--model",
                gpt2.toString(),
                "--format",
                "autocircuit",
                "--out",
                back.toString());
        assertThat(back)
                .hasSameBinaryContentAs(study.resolve("ioi/mask_gradient/score").resolve(ScoreFile.NAME));
        CommandRun check = CommandRun.of("check-submission", out.toString());
        assertThat(check.status()).isZero();
        assertThat(check.out().lines()).hasSize(2).allMatch(line -> line.startsWith("warning: "));
    }

    @Test
    void severalResultsAreFoldersOfCircuits() throws IOException {
        String one = result("one", gpt2, random(gpt2, 1));
        Path demo = CommandRun.demo("model");
        String other = result("other", demo, random(demo, 2));
        CommandRun run = export(
                "--scores",
                one,
                "--scores",
                other,
                "--task",
                "ioi",
                "--task",
                "ioi",
                "--mib-model",
                "gpt2",
                "--mib-model",
                "interpbench",
                "--circuits",
                "--ranking",
                "signed");
        assertThat(run.status()).as(run.err()).isZero();
        List<String> expected = new ArrayList<>();
        for (String folder : List.of("ioi_gpt2/", "ioi_interpbench/")) {
            for (String percent : List.of("0.1", "0.2", "0.5", "1", "10", "2", "20", "5", "50")) {
                expected.add(folder + "circuit_" + percent + ".json");
            }
        }
        assertThat(written()).containsExactlyElementsOf(expected);
        String half = Files.readString(out.resolve("ioi_gpt2/circuit_50.json"));
        assertThat(half.split("->[^\"]*\":\\{\"score\":[^,]*,\"in_graph\":true", -1).length - 1)
                .isBetween(15_000, 32_491 / 2);
        Files.delete(out.resolve("ioi_gpt2/circuit_50.json"));
        CommandRun check = CommandRun.of("check-submission", out.toString());
        assertThat(check.status()).isEqualTo(2);
        assertThat(check.out()).contains("error: ioi_gpt2 has 8 .json or .pt files");
    }

    @Test
    void namesThatBenchmarkResultsHaveAreTaken() throws IOException {
        String scores = result("ioi_interpbench", CommandRun.demo("model"), random(CommandRun.demo("model"), 1));
        assertThat(export("--scores", scores).status()).isZero();
        assertThat(written()).containsExactly("ioi_interpbench/importances.json");
    }

    @Test
    void nodesAndNeuronsAreImportancesToo() throws IOException {
        Path demo = CommandRun.demo("model");
        TransformerConfig config = TransformerConfig.read(demo);
        ModelGraph graph = config.graph(GraphSpec.DEFAULT);
        for (Level level : List.of(Level.NODE, Level.NEURON)) {
            int width = level.width(config.modelWidth());
            double[] values = new double[graph.sources().size() * width];
            Arrays.fill(values, 0.5);
            String scores = result("ioi", demo, NodeScores.of(graph, level, width, values));
            CommandRun run = export("--scores", scores, "--mib-model", "interpbench", "--overwrite");
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(written()).containsExactly("ioi_interpbench/importances.json");
            refused("--circuits wants scores of edges", "--scores", scores, "--mib-model", "interpbench", "--circuits");
        }
    }

    @Test
    void whatCannotBeSeenHasToBeSaid() throws IOException {
        String unnamed = result("scores", gpt2, random(gpt2, 1));
        refused("is none of the benchmark's tasks; give --task, one of ioi, mcqa,", "--scores", unnamed);
        refused("--task wants one of ioi, mcqa,", "--scores", unnamed, "--task", "greater-than");
        refused(
                "--task wants one name for each of the 1 results",
                "--scores",
                unnamed,
                "--task",
                "ioi",
                "--task",
                "mcqa");
        refused("measure mcqa on gpt2; its folders are ioi_gpt2,", "--scores", unnamed, "--task", "mcqa");
        refused("--mib-model wants one of gpt2, qwen2.5,", "--scores", unnamed, "--task", "ioi", "--mib-model", "gpt");
        refused("gemma2 has 26 layers of 8 heads", "--scores", unnamed, "--task", "ioi", "--mib-model", "gemma2");
        refused("--method chooses among", "--scores", unnamed, "--task", "ioi", "--method", "ceap");
        refused("are for ioi_gpt2", "--scores", unnamed, "--scores", unnamed, "--task", "ioi", "--task", "ioi");
        refused(
                "--mib-model wants one name for all results, or one for each of the 1",
                "--scores",
                unnamed,
                "--task",
                "ioi",
                "--mib-model",
                "gpt2",
                "--mib-model",
                "gpt2");
        Path demo = CommandRun.demo("model");
        refused("has the shape of none of the benchmark's", "--scores", result("ioi", demo, random(demo, 3)));
        refused("--edges wants --format mib", "--scores", unnamed, "--edges", "3");
    }

    @Test
    void aStudysMethodHasToBeSaidWhereItHasSeveral() throws IOException {
        String study = study("ioi", "ceap", "mask_gradient").toString();
        refused("has the methods ceap, mask_gradient; give one of them as --method", "--scores", study);
        refused("as --method, not relp", "--scores", study, "--method", "relp");
        assertThat(export("--scores", study, "--method", "ceap").status()).isZero();
    }

    @Test
    void scoresThatTheBenchmarkCannotUseAreNotWritten() throws IOException {
        Path demo = CommandRun.demo("model");
        ModelGraph graph = TransformerConfig.read(demo).graph(GraphSpec.DEFAULT);
        String zero = result("ioi_interpbench", demo, PruneScores.filled(graph, 0));
        refused("The benchmark can't take these scores", "--scores", zero);
        assertThat(export("--scores", zero).err())
                .contains("error: ioi_interpbench/importances.json has no edge with a score other than 0");
        assertThat(out).doesNotExist();
    }

    @Test
    void itsOptionsBelongToItAlone() throws IOException {
        String scores = result("scores", gpt2, random(gpt2, 1));
        String[] csv = {"export", "--scores", scores, "--format", "csv", "--out", out.toString()};
        WrongInput wrong = new WrongInput(temporary);
        wrong.refused("wants --format mib-submission", CommandRun.with(csv, "--task", "ioi"));
        wrong.refused("More than one --scores wants --format mib-submission", CommandRun.with(csv, "--scores", scores));
    }

    private void refused(String message, String... options) {
        CommandRun run = export(CommandRun.with(options, "--overwrite"));
        assertThat(run.complaints()).as(run.err()).singleElement().asString().contains(message);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }
}
