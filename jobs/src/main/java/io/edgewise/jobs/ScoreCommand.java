package io.edgewise.jobs;

import io.edgewise.InputException;
import io.edgewise.ablation.Ablation;
import io.edgewise.jobs.files.KnownEdges;
import io.edgewise.jobs.files.ModelSetup;
import io.edgewise.jobs.files.PromptSelection;
import io.edgewise.jobs.options.AblationOptions;
import io.edgewise.jobs.options.GraphOptions;
import io.edgewise.jobs.options.ModelOption;
import io.edgewise.jobs.options.OutputOptions;
import io.edgewise.jobs.options.PromptOptions;
import io.edgewise.score.AnswerFunction;
import io.edgewise.score.GradFunction;
import io.edgewise.score.MaskValue;
import io.edgewise.score.PruneScores;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code edgewise score}. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"edgewise score --model=URI --prompts=URI --out=URI [OPTIONS]"},
        description = {
            "Scores every edge of the model's graph: how much patching it changes the answer.",
            "",
            "Of each prompt pair the clean prompt shows the behaviour and the corrupt one doesn't. An edge's score is the gradient of the loss by the edge's mask, which goes from its activation on the clean prompt (0) to its ablation (1), summed over all prompts; positive: patching the edge lowers the answer, so the edge helps. --out gets edges/ (Parquet), prune_scores.safetensors, rejected/ and manifest.json. Score on some prompts and measure circuits on others: --limit here, --skip in sweep."
        },
        optionListHeading = "%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  edgewise score --model conf/demo/model \\",
            "    --prompts conf/demo/datasets/ioi.json --limit 128 \\",
            "    --out out/ioi-scores",
            "",
            "Integrated gradients tell more than the gradient at the clean run alone:",
            "",
            "  edgewise score --model conf/demo/model \\",
            "    --prompts conf/demo/datasets/ioi.json --limit 128 \\",
            "    --integrated-grad-samples 8 --out out/ioi-integrated"
        })
final class ScoreCommand implements Callable<Integer> {
    private static final int SHOWN = 10;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOption model;

    @Mixin
    private PromptOptions prompts;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--method",
            defaultValue = "mask_gradient",
            description = "How edges are scored: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Method method;

    @Option(
            names = "--grad-function",
            defaultValue = "logit",
            description = "What is made of the logits: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private GradFunction gradFunction;

    @Option(
            names = "--answer-function",
            defaultValue = "avg_diff",
            description = "The loss: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private AnswerFunction answerFunction;

    @ArgGroup
    private @Nullable MaskOptions mask;

    @Mixin
    private AblationOptions ablationOptions;

    @Option(names = "--seed", defaultValue = "42", description = "Of --method random (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--known-edges",
            paramLabel = "FILE",
            description = "Of --method ground_truth: the known circuit, an edge name a line or a JSON list.")
    private @Nullable String knownEdges;

    @Mixin
    private AcdcOptions acdc;

    @Mixin
    private GraphOptions graph;

    /** Ways to score edges. */
    enum Method {
        MASK_GRADIENT,
        EDGE_ATTRIBUTION_PATCHING,
        ACTIVATION_MAGNITUDE,
        RANDOM,
        GROUND_TRUTH,
        ACDC
    }

    /** One of the two. */
    static final class MaskOptions {
        @Option(
                names = "--mask-val",
                paramLabel = "M",
                description = "Take the gradient with all masks at M, from 0 (clean) to 1 (default: 0).")
        private @Nullable Double maskVal;

        @Option(
                names = "--integrated-grad-samples",
                paramLabel = "N",
                description = "Sum the gradients at masks 0, 1/N, ..., 1 instead.")
        private @Nullable Integer samples;
    }

    @Override
    public Integer call() {
        ScoreSettings settings = settings();
        PromptSelection selection = prompts.selection();
        ModelSetup setup = graph.setup(model.setup());
        Prompts.check(setup, selection);
        ScoreJob job = new ScoreJob(setup, selection, settings);
        JobRun.start(output, job.manifest(), run -> print(job.run(run)));
        spec.commandLine().getOut().println(output.target());
        spec.commandLine().getOut().flush();
        return 0;
    }

    private ScoreSettings settings() {
        Ablation ablation = ablationOptions.ablation();
        return switch (method) {
            case MASK_GRADIENT -> new ScoreSettings.Gradient(gradFunction, answerFunction, maskValue(), ablation);
            case EDGE_ATTRIBUTION_PATCHING -> edgeAttributionPatching(ablation);
            case ACTIVATION_MAGNITUDE -> ScoreSettings.Plain.activationMagnitude();
            case RANDOM -> ScoreSettings.Plain.random(seed);
            case GROUND_TRUTH -> groundTruth();
            case ACDC -> acdc.settings();
        };
    }

    private ScoreSettings groundTruth() {
        if (knownEdges == null) {
            throw new InputException(
                    "--method ground_truth wants --known-edges, a file with the known circuit's edges");
        }
        return ScoreSettings.Plain.groundTruth(KnownEdges.read(knownEdges));
    }

    /** The mask gradient of the logits at mask 0, under its own name. */
    private ScoreSettings edgeAttributionPatching(Ablation ablation) {
        if (gradFunction != GradFunction.LOGIT || mask != null) {
            throw new InputException(
                    "--method edge_attribution_patching is the mask gradient of the logits at mask 0;"
                            + " for another --grad-function, --mask-val or --integrated-grad-samples give --method mask_gradient");
        }
        return new ScoreSettings.Gradient(GradFunction.LOGIT, answerFunction, new MaskValue.Constant(0), ablation);
    }

    private MaskValue maskValue() {
        if (mask != null && mask.samples != null) {
            if (mask.samples < 1) {
                throw new InputException("--integrated-grad-samples must be at least 1, got " + mask.samples);
            }
            return new MaskValue.IntegratedGradients(mask.samples);
        }
        double value = mask == null || mask.maskVal == null ? 0 : mask.maskVal;
        if (!(value >= 0 && value <= 1)) {
            throw new InputException("--mask-val must be between 0 and 1, got " + value);
        }
        return new MaskValue.Constant(value);
    }

    private void print(ScoreJob.Result result) {
        PruneScores scores = result.scores();
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%d edges scored on %d prompts%s; the strongest:%n",
                scores.size(),
                result.prompts(),
                result.rejected() == 0 ? "" : " (" + result.rejected() + " rejected)"));
        int[] ranking = scores.ranking();
        for (int rank = 0; rank < Math.min(SHOWN, ranking.length); rank++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%4d  %-24s %+.6g%n",
                    rank + 1,
                    scores.graph().edge(ranking[rank]),
                    scores.get(ranking[rank])));
        }
        spec.commandLine().getOut().print(text);
    }
}
