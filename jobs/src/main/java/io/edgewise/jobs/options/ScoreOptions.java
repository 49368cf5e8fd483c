package io.edgewise.jobs.options;

import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.jobs.input.Prompts;
import io.edgewise.jobs.score.ScoreJob;
import io.edgewise.jobs.score.ScoreMethod;
import io.edgewise.jobs.score.ScoreSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a score job, but for where its results go. */
public final class ScoreOptions {
    @Mixin
    private ModelOption model;

    @Mixin
    private PromptOptions prompts;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            defaultValue = "mask_gradient",
            description = "How edges are scored: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ScoreMethod method;

    @Mixin
    private MethodOptions methodOptions;

    @Mixin
    private AblationOptions ablation;

    @Mixin
    private KnownEdgesOption knownEdges;

    @Mixin
    private GraphOptions graph;

    /** The job, checked as far as it can be before Spark starts. */
    public ScoreJob job() {
        ScoreSettings settings = methodOptions.settings(method, ablation.ablation(), knownEdges.edges());
        PromptSelection selection = prompts.scoring();
        ModelSetup setup = graph.setup(model.setup());
        Prompts.check(setup, selection);
        return new ScoreJob(setup, selection, settings);
    }
}
