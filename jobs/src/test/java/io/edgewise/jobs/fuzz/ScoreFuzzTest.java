package io.edgewise.jobs.fuzz;

import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.Level;
import io.edgewise.graph.ModelGraph;
import io.edgewise.jobs.export.ExportFormat;
import io.edgewise.jobs.export.NodeExport;
import io.edgewise.jobs.files.NewPlace;
import io.edgewise.jobs.input.GivenScores;
import io.edgewise.jobs.input.KnownEdges;
import io.edgewise.jobs.input.ModelFiles;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.jobs.submission.SubmissionCheck;
import io.edgewise.score.NodeScores;
import io.edgewise.score.PruneScores;
import io.edgewise.score.Ranking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code score --out} writes, and lists of edges. */
class ScoreFuzzTest {
    private static final ModelSetup MODEL = ModelSetup.of(ModelFiles.open(Wholes.MODEL));

    @TempDir
    private Path temporary;

    @Test
    void brokenScoresAreReadOrRefused() {
        byte[] scores = ScoreFile.encode(PruneScores.filled(MODEL.graph(), 0.5));
        new Fuzz("prune_scores.safetensors", 8 << 20)
                .runOneOf(10, List.of(scores), SafetensorsFuzzTest.mutations(), input -> {
                    Files.write(temporary.resolve(ScoreFile.NAME), input);
                    ScoreFile.read(temporary.toString(), MODEL);
                });
    }

    @Test
    void brokenScoresOfNodesAndNeuronsAreReadOrRefused() {
        List<byte[]> scores = Stream.of(Level.NODE, Level.NEURON)
                .map(level -> ScoreFile.encode(nodes(level)))
                .toList();
        new Fuzz("scores of nodes", 8 << 20).runOneOf(10, scores, SafetensorsFuzzTest.mutations(), input -> {
            Files.write(temporary.resolve(ScoreFile.NAME), input);
            ScoreFile.read(temporary.toString(), MODEL);
        });
    }

    @Test
    void brokenGraphFilesAreReadOrRefused() {
        Path file = temporary.resolve("importances.json");
        List<byte[]> whole = Stream.of(Level.NODE, Level.NEURON)
                .map(level -> {
                    Path written = temporary.resolve(level.word() + ".json");
                    new NodeExport(MODEL.config(), nodes(level), Ranking.ABSOLUTE, 3, 1)
                            .write(ExportFormat.MIB, new NewPlace(written.toString(), false));
                    return Wholes.of(written);
                })
                .toList();
        new Fuzz("EAP-IG's JSON", 64 << 20).runOneOf(10, whole, Wholes.ofJson(), input -> {
            Files.write(file, input);
            GivenScores.of(file.toString()).read(MODEL);
        });
    }

    @Test
    void brokenSubmissionsAreRead() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("submission/ioi_interpbench"));
        Path written = temporary.resolve("scores.json");
        new NodeExport(MODEL.config(), nodes(Level.NODE), Ranking.ABSOLUTE, 3, 1)
                .write(ExportFormat.MIB, new NewPlace(written.toString(), false));
        new Fuzz("submissions", 64 << 20).runOneOf(10, List.of(Wholes.of(written)), Wholes.ofJson(), input -> {
            Files.write(folder.resolve("importances.json"), input);
            SubmissionCheck.of(temporary.resolve("submission").toString());
        });
    }

    private static NodeScores nodes(Level level) {
        int width = level.width(MODEL.config().modelWidth());
        double[] values = new double[MODEL.graph().sources().size() * width];
        Arrays.fill(values, 0.5);
        return NodeScores.of(MODEL.graph(), level, width, values);
    }

    @Test
    void brokenManifestsAreReadOrRefused() throws IOException {
        ModelSetup threePositions = MODEL.with(MODEL.spec().withSeqLen(3), MODEL.slice());
        Files.write(
                temporary.resolve(ScoreFile.NAME), ScoreFile.encode(PruneScores.filled(threePositions.graph(), 0.5)));
        String whole =
                "{\"run_id\": \"x\", \"command\": \"score\", \"options\": {\"separate-qkv\": \"true\", \"kv-edges\":"
                        + " \"head\", \"factorized\": \"true\", \"seq-len\": \"3\", \"slice-output\": \"last_seq\"}, \"model\":"
                        + " {\"directory\": \"x\", \"fingerprint\": \""
                        + MODEL.files().fingerprint() + "\"}}";
        new Fuzz("manifest.json", 64 << 20).runOneOf(10, List.of(Wholes.of(whole)), Wholes.ofJson(), input -> {
            Files.write(temporary.resolve("manifest.json"), input);
            ModelSetup setup = ScoreFile.setup(temporary.toString(), MODEL);
            ScoreFile.read(temporary.toString(), setup);
        });
    }

    @Test
    void brokenListsOfEdgesAreReadOrRefused() {
        ModelGraph graph = MODEL.graph();
        Path file = temporary.resolve("edges");
        List<Mutation> mutations = new ArrayList<>(Wholes.ofText());
        mutations.addAll(Wholes.ofJson());
        new Fuzz("known edges", 32 << 20)
                .runOneOf(
                        10,
                        List.of(
                                Wholes.of("# a circuit\nResid Start->A0.0.Q\nA0.1->MLP 0\n"),
                                Wholes.of("[\"Resid Start->A0.0.Q\", [\"A0.1->MLP 0\", null]]")),
                        mutations,
                        input -> {
                            Files.write(file, input);
                            EdgeMask.of(graph, KnownEdges.read(file.toString()));
                        });
    }
}
