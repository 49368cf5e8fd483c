package io.edgewise.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.DemoPrompts;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says of the task itself. */
class TaskVerdictTest {
    private static final String RIGHT = "correct_answer_greater_than_incorrect_percent";

    @TempDir
    private Path temporary;

    private CommandRun study(Path prompts) {
        return study(CommandRun.MODEL, prompts);
    }

    private CommandRun study(String model, Path prompts) {
        return CommandRun.of(
                "study",
                "--model",
                model,
                "--prompts",
                prompts.toString(),
                "--edge-counts",
                "0,262",
                "--bootstrap",
                "20",
                "--metrics",
                "faithfulness," + RIGHT,
                "--events",
                temporary.resolve("events.jsonl").toString(),
                "--out",
                temporary.resolve("out").toString());
    }

    private Path prompts(boolean swapsAnswers) throws IOException {
        List<ObjectNode> prompts = DemoPrompts.first("ioi", 32);
        if (swapsAnswers) {
            prompts.forEach(prompt -> {
                JsonNode answers = prompt.get("answers");
                prompt.set("answers", prompt.get("wrong_answers"));
                prompt.set("wrong_answers", answers);
            });
        }
        return DemoPrompts.write(prompts, temporary.resolve("task.json"));
    }

    /** All edges are the clean run, none the corrupt one: their measurements say the same. */
    @Tag("slow")
    @Test
    void accuraciesAreThoseOfTheWholeModelOnAllPrompts() throws IOException {
        CommandRun run = study(prompts(false));
        assertThat(run.status()).as(run.err()).isZero();
        Path sweep = temporary.resolve("out/task/mask_gradient/sweep");
        JsonNode manifest = ManifestFile.read(sweep.toString());
        JsonNode task = manifest.get("task");
        assertThat(task.get("verdict").asText()).isEqualTo("shown");
        assertThat(task.get("prompts")).isEqualTo(manifest.at("/counts/prompts"));
        assertThat(task.get("clean_accuracy").asDouble()).isCloseTo(measured(sweep, 262), within(1e-12));
        assertThat(task.get("corrupt_accuracy").asDouble())
                .isCloseTo(measured(sweep, 0), within(1e-12))
                .isLessThan(task.get("low").asDouble());
        assertThat(Files.readString(temporary.resolve("out/report.html"))).contains("The prompts show the task: ");
        JsonNode scored = ManifestFile.read(
                temporary.resolve("out/task/mask_gradient/score").toString());
        assertThat(scored.at("/task/prompts")).isEqualTo(scored.at("/counts/prompts"));
        assertThat(scored.at("/task/clean_accuracy").asDouble()).isOne();
        assertThat(scored.at("/task/corrupt_accuracy").asDouble()).isBetween(0.01, 0.99);
    }

    private static double measured(Path sweep, int edges) {
        return CommandRun.table(
                sweep.resolve("measurements"),
                table -> table.filter("metric = '" + RIGHT + "' and achieved_edges = " + edges)
                                .first()
                                .<Double>getAs("value")
                        / 100);
    }

    /** The demo's model with weights that nobody trained. */
    private Path randomModel() throws IOException {
        Path model = Files.createDirectories(temporary.resolve("model"));
        for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
            Files.copy(Path.of(CommandRun.MODEL, file), model.resolve(file));
        }
        Random random = new Random(1);
        Map<String, FloatTensor> weights =
                Safetensors.decode(Files.readAllBytes(Path.of(CommandRun.MODEL, "model.safetensors")), "the demo's");
        weights.values().forEach(tensor -> {
            for (int i = 0; i < tensor.values().length; i++) {
                tensor.values()[i] = (float) (0.1 * random.nextGaussian());
            }
        });
        Files.write(model.resolve("model.safetensors"), Safetensors.encode(weights));
        return model;
    }

    @Tag("slow")
    @Test
    void aModelThatNobodyTrainedShowsNoTask() throws IOException {
        CommandRun run = study(randomModel().toString(), prompts(false));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("task: The prompts show no task: ").doesNotContain(" edges keep ");
    }

    @Test
    void promptsThatShowNoTaskAreTheHeadline() throws IOException {
        CommandRun run = study(prompts(true));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("task: The prompts show no task: an answer beats the wrong answers on 0.0% of ");
        assertThat(Files.readString(temporary.resolve("events.jsonl")))
                .contains("\"event\":\"task\"", "\"verdict\":\"not_shown\"");
    }
}
