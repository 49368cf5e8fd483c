package io.edgewise.jobs.options;

import io.edgewise.ablation.AblationType;
import io.edgewise.jobs.figure.FigureFile;
import io.edgewise.jobs.input.FirstAnswers;
import io.edgewise.jobs.input.GivenScores;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.jobs.input.Prompts;
import io.edgewise.jobs.sweep.SweepJob;
import io.edgewise.jobs.sweep.SweepSettings;
import io.edgewise.prompt.AnswerKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a sweep, except for its output. */
public final class SweepOptions {
    @Mixin
    private ModelOption model;

    @Mixin
    private PromptOptions prompts;

    @Option(
            names = "--scores",
            required = true,
            paramLabel = "URI",
            description = "What score --out wrote, a safetensors file of AutoCircuit's prune scores, or a JSON file of"
                    + " EAP-IG or the MIB benchmark. Scores of nodes or neurons give circuits of these.")
    private String scores;

    @Mixin
    private CircuitOptions circuits;

    @Mixin
    private CheckOptions checks;

    @Option(
            names = "--ablation-type",
            paramLabel = "ABLATION",
            defaultValue = "RESAMPLE",
            description = "What a patched edge carries: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private AblationType ablationType;

    @Mixin
    private KnownEdgesOption knownEdges;

    @Option(
            names = "--render-graph",
            paramLabel = "FILE",
            description =
                    "Draw the smallest circuit that keeps 90%% of the behaviour (or the last, where faithfulness isn't"
                            + " measured) to a .html or .svg file; a copy is in --out.")
    private @Nullable String renderGraph;

    @Option(
            names = "--render-score-threshold",
            paramLabel = "X",
            defaultValue = "0",
            description = "Draw edges whose absolute score is at least X (default: ${DEFAULT-VALUE}).")
    private double renderScoreThreshold;

    @Mixin
    private GraphOptions graph;

    /**
     * The job, checked as far as possible before Spark starts.
     *
     * @param overwrites whether a drawing that is there may be replaced
     */
    public SweepJob job(boolean overwrites) {
        FigureFile figure = renderGraph == null ? null : new FigureFile(renderGraph, renderScoreThreshold, overwrites);
        PromptSelection selection = prompts.measuring();
        GivenScores given = GivenScores.of(scores);
        ModelSetup setup = graph.setup(given.setup(model.setup()));
        Prompts.check(setup, selection);
        AnswerKind answers = given.fitNumbers() ? AnswerKind.VALUES : FirstAnswers.kind(selection.uris());
        SweepSettings settings =
                circuits.settings(answers, ablationType, List.of(), checks.checks(0), knownEdges.edges(), figure);
        return new SweepJob(setup, selection, given, settings);
    }
}
