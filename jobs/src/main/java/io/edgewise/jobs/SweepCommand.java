package io.edgewise.jobs;

import io.edgewise.ablation.AblationType;
import io.edgewise.circuit.EdgeCounts;
import io.edgewise.circuit.PatchType;
import io.edgewise.jobs.files.GivenScores;
import io.edgewise.jobs.files.KnownEdges;
import io.edgewise.jobs.files.ModelSetup;
import io.edgewise.jobs.files.PromptSelection;
import io.edgewise.jobs.options.EdgeCountsConverter;
import io.edgewise.jobs.options.GraphOptions;
import io.edgewise.jobs.options.ModelOption;
import io.edgewise.jobs.options.OutputOptions;
import io.edgewise.jobs.options.PromptOptions;
import io.edgewise.score.Ranking;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code edgewise sweep}. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"edgewise sweep --model=URI --prompts=URI --scores=URI --out=URI [OPTIONS]"},
        description = {
            "Runs the circuits of several sizes that scores give, and measures what is left of the behaviour.",
            "",
            "A circuit of k edges is the k edges with the highest scores; all others are ablated. --out gets measurements/ (a row a circuit and metric), areas/, circuits/ and answers/ (Parquet), rejected/ and manifest.json."
        },
        optionListHeading = "%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  edgewise sweep --model conf/demo/model \\",
            "    --prompts conf/demo/datasets/ioi.json --skip 128 --limit 128 \\",
            "    --scores out/ioi-scores --out out/ioi-sweep",
            "",
            "Other sizes, another metric, and a drawing for a paper:",
            "",
            "  edgewise sweep --model conf/demo/model \\",
            "    --prompts conf/demo/datasets/ioi.json --skip 128 --limit 128 \\",
            "    --scores out/ioi-scores --edge-counts 0,5%%,10%%,262 \\",
            "    --metrics kl_div_clean --render-graph out/ioi.svg --out out/ioi-kl"
        })
final class SweepCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOption model;

    @Mixin
    private PromptOptions prompts;

    @Option(
            names = "--scores",
            required = true,
            paramLabel = "URI",
            description = "What score --out wrote, a safetensors file of AutoCircuit's prune scores, or a JSON file of"
                    + " EAP-IG's and the MIB benchmark's.")
    private String scores;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--edge-counts",
            defaultValue = "default",
            converter = EdgeCountsConverter.class,
            paramLabel = "COUNTS",
            description = "Sizes: counts (0,10,100), shares (0.1%%,1%%), all, logarithmic, groups, mib (the MIB"
                    + " benchmark's shares); default: logarithmic above 200 edges, all up to there, groups where few"
                    + " scores differ.")
    private EdgeCounts edgeCounts;

    @Option(
            names = "--ranking",
            defaultValue = "absolute",
            description = "Which edges come first: those with the highest absolute or the highest signed score:"
                    + " ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Ranking ranking;

    @Option(
            names = "--patch-type",
            defaultValue = "TREE_PATCH",
            description = "EDGE_PATCH: run corrupt, patch the circuit with clean; TREE_PATCH: run clean, patch the rest"
                    + " with corrupt (default: ${DEFAULT-VALUE}).")
    private PatchType patchType;

    @Option(
            names = "--ablation-type",
            defaultValue = "RESAMPLE",
            description = "What a patched edge carries: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private AblationType ablationType;

    @Option(names = "--reverse-clean-corrupt", description = "Swap clean and corrupt.")
    private boolean reverseCleanCorrupt;

    @Option(
            names = "--metrics",
            split = ",",
            defaultValue = "answer_diff,answer_diff_percent,kl_div_clean,correct_answer_percent",
            paramLabel = "METRIC",
            description =
                    "What to measure: answer_diff, answer_diff_percent, answer_value, wrong_answer_value (each also"
                            + " with _prob or _logprob, the percentage also with _mean_of_ratios at the end), kl_div_clean,"
                            + " kl_div_corrupt, correct_answer_percent, correct_answer_greater_than_incorrect_percent; cpr,"
                            + " cmd: the MIB benchmark's areas, of circuits of its own sizes and rankings (default:"
                            + " ${DEFAULT-VALUE}).")
    private List<String> metrics;

    @Option(
            names = "--show-prompts",
            defaultValue = "" + SweepProducts.SHOWN_PROMPTS,
            paramLabel = "N",
            description = "Tell what the model and every circuit answer on the first N prompts: answers/ (default:"
                    + " ${DEFAULT-VALUE}).")
    private int showPrompts;

    @Option(
            names = "--write-outputs",
            description = "Write the logits of every circuit on every prompt too: outputs/, a row each.")
    private boolean writeOutputs;

    @Option(
            names = "--known-edges",
            paramLabel = "FILE",
            description =
                    "A known circuit, an edge name a line or a JSON list: adds roc/, how well the scores tell its edges"
                            + " from the others.")
    private @Nullable String knownEdges;

    @Option(
            names = "--render-graph",
            paramLabel = "FILE",
            description =
                    "Draw the smallest circuit that keeps 90%% of the answer difference (or the last, where that isn't"
                            + " measured) to a .html or .svg file; a copy lies in --out.")
    private @Nullable String renderGraph;

    @Option(
            names = "--render-score-threshold",
            paramLabel = "X",
            defaultValue = "0",
            description = "Draw edges whose absolute score is at least X (default: ${DEFAULT-VALUE}).")
    private double renderScoreThreshold;

    @Mixin
    private GraphOptions graph;

    @Override
    public Integer call() {
        SweepSettings settings = new SweepSettings(
                edgeCounts,
                ranking,
                patchType,
                ablationType,
                reverseCleanCorrupt,
                SweepMetrics.named(metrics),
                products());
        PromptSelection selection = prompts.selection();
        GivenScores given = GivenScores.of(scores);
        ModelSetup setup = graph.setup(given.setup(model.setup()));
        Prompts.check(setup, selection);
        SweepJob job = new SweepJob(setup, selection, given, settings);
        SweepJob.Plan plan = job.plan();
        JobRun.start(output, job.manifest(plan), run -> print(job.run(run, plan)));
        spec.commandLine().getOut().println(output.target());
        spec.commandLine().getOut().flush();
        return 0;
    }

    private SweepProducts products() {
        return new SweepProducts(
                showPrompts,
                writeOutputs,
                knownEdges == null ? List.of() : KnownEdges.read(knownEdges),
                renderGraph == null ? null : new FigureFile(renderGraph, renderScoreThreshold, output.overwrites()));
    }

    private void print(SweepJob.Result result) {
        spec.commandLine().getOut().print(new SweepText(result));
    }
}
