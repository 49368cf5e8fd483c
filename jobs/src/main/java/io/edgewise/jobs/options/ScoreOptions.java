package io.edgewise.jobs.options;

import io.edgewise.InputException;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.jobs.input.Prompts;
import io.edgewise.jobs.score.ScoreJob;
import io.edgewise.jobs.score.ScoreMethod;
import io.edgewise.jobs.score.ScoreSettings;
import io.edgewise.uncertainty.Bootstrap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a score job, except for its output. */
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

    @Option(
            names = "--bootstrap",
            defaultValue = "0",
            paramLabel = "B",
            description =
                    "Estimate the errors of scores: standard errors, 95%% intervals, signs and ranks in edges/, and the"
                            + " circuits' inclusion/ and stability/, from B replicates of the Poisson bootstrap over prompts, in the same pass"
                            + " (default: ${DEFAULT-VALUE}, none).")
    private int bootstrap;

    @Option(
            names = "--group-by",
            paramLabel = "FIELD",
            description =
                    "Also score each group of prompts, in the same pass: those with the same value of this field, such as a"
                            + " template or a task. groups/ has their scores, group_differences/ the edges that differ between two groups"
                            + " beyond their errors.")
    private @Nullable String groupBy;

    @Mixin
    private GraphOptions graph;

    /** The job, checked as far as possible before Spark starts. */
    public ScoreJob job() {
        ModelSetup setup = graph.setup(model.setup());
        ScoreSettings settings = methodOptions.settings(method, ablation.ablation(), knownEdges.edges(), setup);
        if (method != ScoreMethod.EXACT && methodOptions.choosesEdges()) {
            throw new InputException("--edges and --scores belong to --method exact; give it, or leave them out");
        }
        if ((bootstrap > 0 || groupBy != null) && !settings.tellsPrompts()) {
            throw new InputException(
                    (bootstrap > 0 ? "--bootstrap" : "--group-by")
                            + " wants a --method that can say what each prompt adds to a score, got "
                            + method.name().toLowerCase(Locale.ROOT)
                            + "; give mask_gradient, edge_attribution_patching, activation_magnitude or exact, or leave it out");
        }
        PromptSelection selection = prompts.scoring();
        Prompts.check(setup, selection);
        return new ScoreJob(setup, selection, settings, new Bootstrap(bootstrap, 0), groupBy);
    }
}
