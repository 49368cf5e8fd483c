package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code score} by masks that are trained. */
class LearnedMasksTest {
    @TempDir
    private Path temporary;

    private Path score(String master, String name, String... options) {
        Path out = temporary.resolve(name);
        String[] arguments = CommandRun.ofIoi("score", out, "--limit", "10", "--batch-size", "2");
        CommandRun run = CommandRun.on(master, CommandRun.with(arguments, options));
        assertThat(run.status()).as(run.err()).isZero();
        return out;
    }

    private static List<Row> rows(Path directory, String table) {
        return CommandRun.table(directory.resolve(table), Dataset::collectAsList);
    }

    @Tag("slow")
    @Test
    void everyBitIsTheSameOnOtherPartitions() {
        String[] options = {"--method", "subnetwork_probing", "--epochs", "2", "--batches-per-step", "3"};
        Path one = score("local[1]", "one", options);
        Path two = score("local[2]", "two", options);
        assertThat(one.resolve(ScoreFile.NAME)).hasSameBinaryContentAs(two.resolve(ScoreFile.NAME));
        assertThat(rows(one, "training")).isEqualTo(rows(two, "training"));
        assertThat(rows(one, "edges")).isEqualTo(rows(two, "edges"));
    }

    @Tag("slow")
    @Test
    void theTableOfTheTrainingHasARowForEveryStep() {
        Path out = score(
                "local[2]",
                "out",
                "--method",
                "subnetwork_probing",
                "--tree-optimisation",
                "--epochs",
                "2",
                "--batches-per-step",
                "2",
                "--validation-prompts",
                CommandRun.demo("datasets/ioi_swap.json").toString());
        List<Row> training = CommandRun.table(
                out.resolve("training"), table -> table.orderBy("step").collectAsList());
        assertThat(training)
                .extracting(row -> row.<Integer>getAs("step"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 6).boxed().toList());
        for (Row row : training) {
            double faithfulness = row.getAs("faithfulness");
            double regularizer = row.getAs("regularizer");
            assertThat(row.<Double>getAs("loss")).isCloseTo(faithfulness + regularizer, within(1e-12));
            assertThat(row.<Double>getAs("edges")).isBetween(0.0, 262.0);
            boolean endsEpoch = row.<Integer>getAs("step") % 3 == 0;
            assertThat(row.<Double>getAs("validation_faithfulness") != null).isEqualTo(endsEpoch);
            assertThat(row.<Integer>getAs("epoch")).isEqualTo((row.<Integer>getAs("step") - 1) / 3 + 1);
        }
    }

    @Test
    void theManifestTellsWhetherPromptsShowTheTask() {
        Path trained = score(
                "local[2]",
                "trained",
                "--method",
                "subnetwork_probing",
                "--epochs",
                "1",
                "--faithfulness-target",
                "answer");
        Path known = score("local[2]", "known", "--method", "mask_gradient");
        JsonNode task = ManifestFile.read(trained.toString()).path("task");
        assertThat(task.path("verdict").asText()).isNotEmpty();
        assertThat(task).isEqualTo(ManifestFile.read(known.toString()).path("task"));
    }

    @Tag("slow")
    @Test
    void anEdgeOfASmallerCircuitScoresMore() throws IOException {
        Path out = score(
                "local[2]",
                "out",
                "--method",
                "circuit_probing",
                "--circuit-sizes",
                "10,100",
                "--epochs",
                "2",
                "--regularize-lambda",
                "0.5");
        double[] scores = scores(out);
        assertThat(Arrays.stream(scores).distinct()).isSubsetOf(0.0, 1.0, 2.0);
        assertThat(Arrays.stream(scores).filter(score -> score == 2).count()).isGreaterThanOrEqualTo(10);
        assertThat(Arrays.stream(scores).filter(score -> score > 0).count()).isGreaterThanOrEqualTo(100);
        assertThat(ManifestFile.read(out.toString())
                        .at("/options/circuit-sizes")
                        .asText())
                .isEqualTo("10,100");
        assertThat(rows(out, "training"))
                .extracting(row -> row.<Integer>getAs("circuit_size"))
                .containsOnly(10, 100);
    }

    @Tag("slow")
    @Test
    void autoCircuitsAblationIsThere() throws IOException {
        Path mean = score(
                "local[2]",
                "mean",
                "--method",
                "subnetwork_probing",
                "--epochs",
                "1",
                "--mask-fn",
                "sigmoid",
                "--ablation-type",
                "TOKENWISE_MEAN_CORRUPT");
        Path resample = score(
                "local[2]", "resample", "--method", "subnetwork_probing", "--epochs", "1", "--mask-fn", "sigmoid");
        assertThat(scores(mean)).isNotEqualTo(scores(resample));
    }

    private static double[] scores(Path out) throws IOException {
        return Safetensors.decode(Files.readAllBytes(out.resolve(ScoreFile.NAME)), ScoreFile.NAME).values().stream()
                .map(FloatTensor::values)
                .flatMapToDouble(values -> IntStream.range(0, values.length).mapToDouble(i -> values[i]))
                .toArray();
    }

    @Test
    void edgePruningBeginsWithoutAPriceOfEdges() {
        String[] options = {"--method", "edge_pruning", "--circuit-size", "50", "--init-val", "2", "--epochs", "4"};
        List<Row> training =
                CommandRun.table(score("local[2]", "out", options).resolve("training"), table -> table.orderBy("step")
                        .collectAsList());
        assertThat(training).hasSize(20);
        assertThat(training.get(0).<Double>getAs("edges")).isBetween(150.0, 262.0);
        assertThat(training.get(0).<Double>getAs("regularizer")).isZero();
        assertThat(training.get(19).<Double>getAs("regularizer")).isNotZero();
    }

    @Test
    void whatCannotBeTrainedIsRefused() throws IOException {
        WrongInput refusing = new WrongInput(temporary);
        String[] probing = {"--method", "subnetwork_probing"};
        refusing.refused("--epochs", refusing.score(CommandRun.with(probing, "--epochs", "0")));
        refusing.refused("--learning-rate", refusing.score(CommandRun.with(probing, "--learning-rate", "0")));
        refusing.refused("--mask-dropout", refusing.score(CommandRun.with(probing, "--mask-dropout", "1")));
        refusing.refused("at least 1, got 0", refusing.score(CommandRun.with(probing, "--circuit-size", "0")));
        refusing.refused(
                "--clean-corrupt",
                refusing.score(CommandRun.with(probing, "--tree-optimisation", "true", "--clean-corrupt", "clean")));
        refusing.refused("--circuit-sizes", refusing.score("--method", "circuit_probing"));
        refusing.refused("--circuit-size", refusing.score("--method", "edge_pruning"));
        refusing.refused("twice", refusing.score("--method", "circuit_probing", "--circuit-sizes", "10,10"));
        refusing.refused("got some", refusing.score("--method", "circuit_probing", "--circuit-sizes", "some"));
        refusing.refused("kl_div or mse", refusing.score("--method", "acdc", "--faithfulness-target", "answer"));
        refusing.refused(
                "has no edge",
                refusing.score(CommandRun.with(probing, "--avoid-edges", refusing.file("avoided", "A9.9->Nowhere\n"))));
    }
}
