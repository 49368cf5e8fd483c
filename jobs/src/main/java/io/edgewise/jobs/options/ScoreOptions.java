package io.edgewise.jobs.options;

import io.edgewise.InputException;
import io.edgewise.graph.Level;
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

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            defaultValue = "edge",
            description =
                    "What is scored: ${COMPLETION-CANDIDATES}. A node's score is the sum of the scores of its edges; a neuron is one of the"
                            + " d_model coordinates of what a node writes. Nodes and neurons want edge_attribution_patching or"
                            + " mask_gradient at mask 0 (default: ${DEFAULT-VALUE}).")
    private Level level;

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
            throw new InputException((bootstrap > 0 ? "--bootstrap" : "--group-by")
                    + " wants a --method that can say what each prompt adds to a score, got "
                    + method.name().toLowerCase(Locale.ROOT)
                    + "; give a method that takes gradients, or leave it out");
        }
        PromptSelection selection = prompts.scoring();
        checkLevel(settings, setup);
        Prompts.check(setup, selection);
        return new ScoreJob(setup, selection, settings, level, new Bootstrap(bootstrap, 0), groupBy);
    }

    private void checkLevel(ScoreSettings settings, ModelSetup setup) {
        if (!settings.has(level)) {
            String masks = method == ScoreMethod.MASK_GRADIENT ? " at other masks" : "";
            throw new InputException(
                    "--level " + level.word() + " wants a --method whose scores of edges add up to those of "
                            + level.words()
                            + ": edge_attribution_patching, mask_gradient at mask 0, eap_ig_inputs, eap_ig_activations,"
                            + " clean_corrupted, ceap or relp; got "
                            + method.name().toLowerCase(Locale.ROOT) + masks + ", which scores edges only");
        }
        if (level != Level.EDGE && groupBy != null) {
            throw new InputException("--group-by compares scores of edges; leave it out, or give --level edge");
        }
        level.check(setup.spec());
    }
}
