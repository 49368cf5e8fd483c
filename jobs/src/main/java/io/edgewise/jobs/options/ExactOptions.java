package io.edgewise.jobs.options;

import io.edgewise.InputException;
import io.edgewise.ablation.Ablation;
import io.edgewise.circuit.EdgeCounts;
import io.edgewise.jobs.files.Fingerprint;
import io.edgewise.jobs.input.GivenScores;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.score.ExactSettings;
import io.edgewise.jobs.score.ScoreSettings;
import io.edgewise.score.AnswerFunction;
import io.edgewise.score.ExactEdges;
import io.edgewise.score.GradFunction;
import io.edgewise.score.PruneScores;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code --method exact}: which edges are patched. */
public final class ExactOptions {
    @Option(
            names = "--edges",
            converter = EdgeCountsConverter.class,
            paramLabel = "K",
            description =
                    "For --method exact: patch only the K (or K%%) strongest edges of --scores. The other edges aren't"
                            + " measured, and their score is 0 (default: every edge).")
    private @Nullable EdgeCounts edges;

    @Option(
            names = "--scores",
            paramLabel = "URI",
            description =
                    "For --method exact with --edges: the scores that choose the edges, as sweep takes them (what score"
                            + " --out wrote, a safetensors file of prune scores, or a JSON file of EAP-IG).")
    private @Nullable String scores;

    /** Whether any of the options was given. */
    boolean areGiven() {
        return edges != null || scores != null;
    }

    /** @throws InputException where one option is missing, or the scores are of another graph */
    ScoreSettings settings(
            GradFunction gradFunction, AnswerFunction answerFunction, Ablation ablation, ModelSetup model) {
        if (edges == null && scores == null) {
            return ExactSettings.ofAll(gradFunction, answerFunction, ablation);
        }
        if (edges == null || scores == null) {
            throw new InputException(
                    "--edges says how many of the strongest edges of --scores are patched: give both, or"
                            + " neither for all edges; got " + (edges == null ? "--scores" : "--edges") + " alone");
        }
        GivenScores given = GivenScores.of(scores);
        PruneScores by = given.readEdges(model);
        return ExactSettings.ofStrongest(
                gradFunction,
                answerFunction,
                ablation,
                new ExactEdges.Strongest(by, count(edges, by.size())),
                Fingerprint.of(given.file().toString()));
    }

    private static int count(EdgeCounts edges, int all) {
        if (edges instanceof EdgeCounts.Listed listed && listed.sizes().size() == 1) {
            int count = listed.sizes().get(0).of(all);
            if (count >= 1 && count <= all) {
                return count;
            }
            throw new InputException("--edges wants 1 to " + all + " edges, got " + count);
        }
        throw new InputException("--edges wants one number of edges (100) or one share of them (1%), got " + edges);
    }
}
