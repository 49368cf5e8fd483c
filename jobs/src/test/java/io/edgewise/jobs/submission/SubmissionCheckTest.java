package io.edgewise.jobs.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewise.InputException;
import io.edgewise.circuit.Selection;
import io.edgewise.graph.GraphSpec;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.export.ChosenEdges;
import io.edgewise.jobs.export.Export;
import io.edgewise.jobs.files.NewPlace;
import io.edgewise.jobs.input.MibGraph;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.score.PruneScores;
import io.edgewise.score.Ranking;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Submissions of which one thing is wrong. The demo's small model stands in for InterpBench's, whose shape its files say. */
class SubmissionCheckTest {
    private static final String FOLDER = "ioi_interpbench";
    private static final String IMPORTANCES = "importances.json";
    private static final String FEW_TASKS = "warning: The benchmark wants at least 2 tasks; this has 1: add folders";
    private static final String FEW_MODELS = "warning: The benchmark wants at least 2 models; this has 1: add folders";
    private static final TransformerConfig DEMO = TransformerConfig.read(CommandRun.demo("model"));

    @TempDir
    private Path submission;

    /** The strongest edges are those from the input to a node and from there to the logits, so that circuits are paths. */
    private static Export scores(TransformerConfig config) {
        MibGraph names = MibGraph.of(config, GraphSpec.DEFAULT);
        Map<String, Integer> nodes = new HashMap<>(Map.of("logits", -100));
        names.graph().sources().forEach(source -> nodes.put(names.node(source), source.index()));
        double[] values = new double[names.graph().edgeCount()];
        names.places().forEach((name, edge) -> {
            String[] ends = name.replaceFirst("<.>", "").split("->", -1);
            String between = ends[0].equals("input") ? ends[1] : ends[1].equals("logits") ? ends[0] : "";
            values[edge] = between.isEmpty() ? -1. / (edge + 1) : 400 - nodes.getOrDefault(between, 0);
        });
        PruneScores scores = PruneScores.of(names.graph(), values);
        return new Export(config, new ChosenEdges(scores, new Selection.Strongest(Ranking.ABSOLUTE), null), 1);
    }

    private void write(String folder, Map<String, NewPlace.Content> files) throws IOException {
        Path directory = Files.createDirectories(submission.resolve(folder));
        for (Map.Entry<String, NewPlace.Content> file : files.entrySet()) {
            try (OutputStream out = Files.newOutputStream(directory.resolve(file.getKey()))) {
                file.getValue().writeTo(out);
            }
        }
    }

    private void writeImportances() throws IOException {
        write(FOLDER, Map.of(IMPORTANCES, scores(DEMO).importances()));
    }

    private void writeCircuits() throws IOException {
        write(FOLDER, scores(DEMO).circuits());
    }

    private void change(String file, UnaryOperator<String> change) throws IOException {
        Path path = submission.resolve(FOLDER).resolve(file);
        String whole = Files.readString(path);
        String changed = change.apply(whole);
        assertThat(changed).isNotEqualTo(whole);
        Files.writeString(path, changed);
    }

    private List<String> findings() {
        return SubmissionCheck.of(submission.toString()).stream()
                .map(Finding::toString)
                .filter(finding -> !finding.startsWith(FEW_TASKS) && !finding.startsWith(FEW_MODELS))
                .toList();
    }

    private void assertError(String... texts) {
        assertThat(findings()).singleElement().asString().startsWith("error: ").contains(texts);
    }

    @Test
    void twoTasksAndTwoModelsInEitherFormAreInOrder() throws IOException {
        writeCircuits();
        assertThat(SubmissionCheck.of(submission.toString()).toString()).contains(FEW_TASKS, FEW_MODELS);
        Path qwen = Path.of("src/test/resources/io/edgewise/jobs/submission/qwen2.5");
        TransformerConfig config = TransformerConfig.read(qwen.toAbsolutePath());
        assertThat(BenchmarkModel.of(config)).contains(BenchmarkModel.QWEN2_5);
        write("mcqa_qwen2.5", Map.of(IMPORTANCES, scores(config).importances()));
        Files.writeString(submission.resolve("README.md"), "ours");
        Files.createDirectories(submission.resolve(".git"));
        assertThat(SubmissionCheck.of(submission.toString())).isEmpty();
    }

    @Test
    void thereHasToBeAFolderOfTheBenchmarks() throws IOException {
        assertError("No folder is there");
        Files.createDirectories(submission.resolve("ioi-gpt2"));
        assertError("ioi-gpt2 is none of the benchmark's folders; they are ioi_gpt2, ioi_qwen2.5,");
        Files.delete(submission.resolve("ioi-gpt2"));
        Files.createDirectories(submission.resolve("mcqa_gpt2"));
        assertError("mcqa_gpt2 is none of the benchmark's folders");
        assertThatThrownBy(() -> SubmissionCheck.of(submission.resolve("nosuch").toString()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("No such directory: ");
    }

    @Test
    void aFolderHoldsOneFileOrNineOrTen() throws IOException {
        writeCircuits();
        Path folder = submission.resolve(FOLDER);
        Files.copy(folder.resolve("circuit_0.1.json"), folder.resolve("none.json"));
        Files.writeString(folder.resolve("notes.txt"), "ours");
        assertThat(findings()).isEmpty();
        Files.copy(folder.resolve("circuit_0.1.json"), folder.resolve("none-again.json"));
        assertError(FOLDER + " has 11 .json or .pt files; wanted one of importances, or nine circuits");
        Files.delete(folder.resolve("none.json"));
        Files.delete(folder.resolve("none-again.json"));
        Files.delete(folder.resolve("circuit_50.json"));
        assertError(FOLDER + " has 8 .json or .pt files");
    }

    /** Whatever files are called: the benchmark has no names for them. */
    @Test
    void aCircuitKeepsToItsShare() throws IOException {
        writeCircuits();
        Path folder = submission.resolve(FOLDER);
        Files.move(folder.resolve("circuit_50.json"), folder.resolve("a.json"));
        assertThat(findings()).isEmpty();
        Files.delete(folder.resolve("circuit_5.json"));
        Files.copy(folder.resolve("circuit_10.json"), folder.resolve("b.json"));
        assertError("edges in the graph; one circuit has to have at most 13, 5 percent of 262");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"score\":399.0 | \"score\":true | importances.json has {\"score\":true,\"in_graph\":false} for edge",
                "\"score\":399.0 | \"score\":NaN | wanted {\"score\": a number",
                "\"score\":399.0,\"in_graph\":false | \"score\":399.0 | has no in_graph for edge input->a0.h0<q>",
                "\"score\":399.0,\"in_graph\":false | \"score\":399.0,\"in_graph\":0.5 | has in_graph 0.5 for edge"
                        + " input->a0.h0<q>; wanted true or false",
                "\"input->a0.h0<q>\" | \"input->a0.h9<q>\" | has edge \"input->a0.h9<q>\", and the model hasn't",
                "\"input->a0.h0<q>\" | \"input->a0.h0<k>\" | has 261 of the model's 262 edges; the first that is missing is"
                        + " input->a0.h0<q>",
                "\"m2\":{ | \"m9\":{ | has node \"m9\", and the model hasn't",
                "\"m2\":{ | \"m1\":{ | has 15 of the model's 16 nodes before logits; the first that is missing is m2",
                "\"cfg\":{ | \"cfgs\":{ | has no cfg",
                "\"n_layers\":3 | \"n_layers\":0 | has n_layers 0 in cfg; wanted a whole number from 1",
                "\"n_layers\":3 | \"n_layers\":60000 | too few for the edges of a model with 60000 layers",
                "\"parallel_attn_mlp\":false | \"parallel_attn_mlp\":0 | has parallel_attn_mlp in cfg that is neither",
                "{\"cfg\" | [\"cfg\" | is no JSON object",
                "\"edges\":{ | \"edges\":[ | has no edges by name",
                "\"edges\":{ | \"edges\":{{ | Not JSON"
            })
    void importancesAreScoresOfEveryEdge(String whole, String broken, String message) throws IOException {
        writeImportances();
        change(IMPORTANCES, text -> text.replaceFirst("\\Q" + whole + "\\E", broken.replace("$", "\\$")));
        assertError(FOLDER + "/" + IMPORTANCES, message);
    }

    @Test
    void aCircuitAloneIsNoImportances() throws IOException {
        writeImportances();
        change(IMPORTANCES, text -> text.replaceAll("\"score\":[-0-9.E]+,", ""));
        assertError(IMPORTANCES + " has no scores; wanted a number as score of every edge");
    }

    @Test
    void marksAreBooleansAndScoresBesideThemDontCount() throws IOException {
        writeCircuits();
        change("circuit_1.json", text -> text.replace("\"in_graph\":true", "\"in_graph\":1"));
        assertError(FOLDER + "/circuit_1.json has in_graph 1 for node input; wanted true or false");
        change("circuit_1.json", text -> text.replace("\"in_graph\":1", "\"in_graph\":true"));
        change("circuit_1.json", text -> text.replaceAll("\"score\":[-0-9.E]+,", ""));
        assertThat(findings())
                .singleElement()
                .asString()
                .startsWith("warning: ")
                .contains("edges without a score");
    }

    @Test
    void filesThatAreNotReadAreSaidToBe() throws IOException {
        Path folder = Files.createDirectories(submission.resolve(FOLDER));
        Files.write(folder.resolve("importances.pt"), new byte[] {1, 2});
        assertThat(findings()).singleElement().asString().startsWith("warning: " + FOLDER + "/importances.pt is not");
    }

    @Test
    void scoresOfAnotherModelAreNotTheBenchmarks() throws IOException {
        write("ioi_gpt2", Map.of(IMPORTANCES, scores(DEMO).importances()));
        assertError("ioi_gpt2/importances.json is of a model with n_layers 3; this model has 12");
    }
}
