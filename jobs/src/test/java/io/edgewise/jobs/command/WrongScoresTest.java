package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.input.ModelFiles;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import io.edgewise.score.PruneScores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scores and edges that can't be used get one clear line, exit status 2, and leave nothing behind. */
class WrongScoresTest {
    @TempDir
    private Path temporary;

    private WrongInput wrong;

    @BeforeEach
    void nameTheOutput() {
        wrong = new WrongInput(temporary);
    }

    @Test
    void aKnownCircuitThatIsMissingOrOfAnotherModel() throws IOException {
        wrong.refused("--method ground_truth wants --known-edges", wrong.score("--method", "ground_truth"));
        wrong.refused(
                "No such file of known edges",
                wrong.score(
                        "--method",
                        "ground_truth",
                        "--known-edges",
                        temporary.resolve("nosuch").toString()));
        wrong.refused(
                "The graph has no edge A9.9->MLP 0; its edges have names like Resid Start->A0.0.Q",
                wrong.score("--method", "ground_truth", "--known-edges", wrong.file("prompts.json", "A9.9->MLP 0")));
    }

    @Test
    void sweepOptions() throws IOException {
        Path scores = temporary.resolve("scores");
        assertThat(CommandRun.of(
                                "score",
                                "--model",
                                CommandRun.MODEL,
                                "--prompts",
                                CommandRun.IOI,
                                "--limit",
                                "2",
                                "--out",
                                scores.toString())
                        .status())
                .isZero();
        wrong.refused(
                "Edge count must be between 0 and 262, got 263", wrong.sweep(scores, "--edge-counts", "0,10,263"));
        wrong.refused("wanted counts (0,10,100)", wrong.sweep(scores, "--edge-counts", "ten"));
        wrong.refused("known are faithfulness, answer_diff,", wrong.sweep(scores, "--metrics", "accuracy"));
        wrong.refused("No prune_scores.safetensors", wrong.sweep(temporary.resolve("nosuch")));
        wrong.refused(
                "which has no _SUCCESS",
                "report",
                "--scores",
                scores.toString(),
                "--sweep",
                temporary.toString(),
                "--out",
                wrong.out().toString());
        Path other = wrong.copyOfModel();
        Path config = other.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("1e-05", "1e-06"));
        wrong.refused("are another model's", wrong.sweep(scores, "--model", other.toString()));
    }

    @Test
    void scoresThatAreNoneOrOfAnotherGraph() throws IOException {
        ModelSetup model = ModelSetup.of(ModelFiles.open(CommandRun.demo("model")));
        Map<String, FloatTensor> whole = PruneScores.filled(model.graph(), 1).toTensors();
        String end = "blocks.2.hook_resid_post";
        Map<String, FloatTensor> missing = new TreeMap<>(whole);
        FloatTensor last = missing.remove(end);
        refusedScores("has no scores for " + end, Safetensors.encode(missing));
        Map<String, FloatTensor> more = new TreeMap<>(whole);
        more.put("blocks.3.hook_resid_post", last);
        refusedScores("has scores for 14 destination modules; the model has 13", Safetensors.encode(more));
        Map<String, FloatTensor> otherShape = new TreeMap<>(whole);
        otherShape.put(end, new FloatTensor(new long[] {1, last.values().length}, last.values()));
        refusedScores("has scores of shape [1, 16] for " + end, Safetensors.encode(otherShape));
        last.values()[3] = Float.NaN;
        refusedScores("has a score that is not a number", Safetensors.encode(whole));
        refusedScores("Not a whole safetensors file", new byte[0]);
        refusedScores("Not a whole safetensors file", "<html>404</html>".getBytes(StandardCharsets.UTF_8));
        refusedScores("scores of the model's 262 edges have at most", new byte[34_000_000]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{ | is not JSON",
                "[[[ | is not JSON",
                "{\"options\": {\"seq-len\": \"-5\"}} | must be between 1 and 1000000, got -5",
                "{\"options\": {\"seq-len\": 99999999999}} | must be between 1 and 1000000",
                "{\"options\": {\"seq-len\": \"1000000\"}} | has scores of shape [4, 1] for blocks.0.hook_q_input",
                "{\"options\": {\"seq-len\": \"9000000\"}} | must be between 1 and 1000000, got 9000000",
                "{\"model\": {\"fingerprint\": \"abc\"}} | are another model's"
            })
    void aManifestThatIsBrokenOrOfAnotherModel(String manifest, String message) throws IOException {
        ModelSetup model = ModelSetup.of(ModelFiles.open(CommandRun.demo("model")));
        Path scores = Files.createDirectories(temporary.resolve("scores"));
        Files.write(scores.resolve(ScoreFile.NAME), ScoreFile.encode(PruneScores.filled(model.graph(), 1)));
        Files.writeString(scores.resolve("manifest.json"), manifest.strip());
        wrong.refused(message.strip(), wrong.sweep(scores));
    }

    @Test
    void listsOfEdgesThatAreNone() throws IOException {
        refusedEdges("No edges in", "");
        refusedEdges("Not an edge name", "->".repeat(1_000_000) + "[");
        refusedEdges("Not JSON", "[[[");
        refusedEdges("has {\"a\":1,\"b\":2}; wanted an edge name", "[{\"a\": 1, \"b\": 2}]");
        refusedEdges("Not an edge name: \"A0.1->MLP 0[99999999999]\"", "[[\"A0.1->MLP 0\", 99999999999]]");
        refusedEdges("wanted an edge name", "[5]");
        refusedEdges("Not an edge name", "\0\0\0");
        Path file = temporary.resolve("edges");
        Files.write(file, new byte[] {'A', (byte) 0xFF});
        wrong.refused(
                "is not UTF-8 at byte 1", wrong.score("--method", "ground_truth", "--known-edges", file.toString()));
    }

    @Test
    void aReportOfDirectoriesThatHoldSomethingElse() throws IOException {
        Path directory = Files.createDirectories(temporary.resolve("result"));
        Files.writeString(directory.resolve("_SUCCESS"), "");
        String[] report = {
            "report", "--scores", directory.toString(), "--sweep", directory.toString(), "--out", wrong.out() + ".html"
        };
        wrong.refused("No manifest.json in ", report);
        Files.writeString(directory.resolve("manifest.json"), "{}");
        wrong.refused("as what score --out and sweep --out wrote", report);
        Files.writeString(directory.resolve("manifest.json"), "{\"a\": 1, \"a\": 2}");
        wrong.refused("is not JSON: Duplicate field 'a'", report);
    }

    private void refusedScores(String message, byte[] scores) throws IOException {
        Path directory = Files.createDirectories(temporary.resolve("scores"));
        Files.write(directory.resolve(ScoreFile.NAME), scores);
        wrong.refused(message, wrong.sweep(directory));
    }

    private void refusedEdges(String message, String edges) throws IOException {
        String file = wrong.file("edges", edges);
        wrong.refused(message, wrong.score("--method", "ground_truth", "--known-edges", file));
    }
}
