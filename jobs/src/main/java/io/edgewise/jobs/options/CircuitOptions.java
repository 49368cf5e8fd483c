package io.edgewise.jobs.options;

import io.edgewise.ablation.AblationType;
import io.edgewise.circuit.EdgeCounts;
import io.edgewise.circuit.PatchType;
import io.edgewise.jobs.figure.FigureFile;
import io.edgewise.jobs.sweep.Checks;
import io.edgewise.jobs.sweep.SweepMetrics;
import io.edgewise.jobs.sweep.SweepProducts;
import io.edgewise.jobs.sweep.SweepSettings;
import io.edgewise.prompt.AnswerKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which circuits are run, and what is measured. */
public final class CircuitOptions {
    @Option(
            names = "--edge-counts",
            defaultValue = "default",
            converter = EdgeCountsConverter.class,
            paramLabel = "COUNTS",
            description =
                    "Sizes, in edges (or nodes or neurons, where these have scores): counts (0,10,100), shares (0.1%%,1%%),"
                            + " all, logarithmic, groups, mib (the MIB"
                            + " benchmark's shares); default: groups where few scores differ, else logarithmic above 200 edges"
                            + " and all up to 200.")
    private EdgeCounts edgeCounts;

    @Mixin
    private SelectOptions select;

    @Mixin
    private SearchOptions search;

    @Option(
            names = "--patch-type",
            paramLabel = "PATCH",
            defaultValue = "TREE_PATCH",
            description = "EDGE_PATCH: run corrupt, patch the circuit with clean; TREE_PATCH: run clean, patch the rest"
                    + " with corrupt (default: ${DEFAULT-VALUE}).")
    private PatchType patchType;

    @Option(names = "--reverse-clean-corrupt", description = "Swap clean and corrupt.")
    private boolean reverseCleanCorrupt;

    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "METRIC",
            description =
                    "What to measure: faithfulness (0: all edges ablated, 1: the whole model), answer_diff, answer_diff_percent, answer_value, wrong_answer_value (each also"
                            + " with _prob or _logprob, the percentage also with _mean_of_ratios at the end), kl_div_clean,"
                            + " kl_div_corrupt, correct_answer_percent, correct_answer_greater_than_incorrect_percent; cpr,"
                            + " cmd: the MIB benchmark's areas, of circuits of its own sizes and rankings; mse, of answers that are"
                            + " numbers (default: faithfulness,answer_diff,answer_diff_percent,kl_div_clean,correct_answer_percent; of"
                            + " answers that are numbers mse,kl_div_clean).")
    private @Nullable List<String> metrics;

    @Option(
            names = "--show-prompts",
            defaultValue = "" + SweepProducts.SHOWN_PROMPTS,
            paramLabel = "N",
            description = "Write what the model and every circuit answer on the first N prompts: answers/ (default:"
                    + " ${DEFAULT-VALUE}).")
    private int showPrompts;

    @Option(
            names = "--per-prompt",
            description =
                    "Also write the measurements of every circuit on every prompt: per_prompt/, one row each. Runs the circuits a"
                            + " second time.")
    private boolean perPrompt;

    @Option(
            names = "--write-outputs",
            description = "Also write the logits of every circuit on every prompt: outputs/, one row each.")
    private boolean writeOutputs;

    /**
     * The settings of a sweep.
     *
     * @param ablationType what patched edges carry
     * @param answers what the answers are, which decides on the metrics where none were given
     * @param keep the shares of the behaviour to keep where none were given and it is measured
     * @param checks intervals, random circuits and tests
     * @param knownEdges the known circuit's edges for a ROC curve; empty for none
     * @param figure the drawing of a circuit; null for none
     */
    public SweepSettings settings(
            AnswerKind answers,
            AblationType ablationType,
            List<Double> keep,
            Checks checks,
            List<String> knownEdges,
            @Nullable FigureFile figure) {
        SweepMetrics measured = SweepMetrics.named(metrics == null ? SweepMetrics.usual(answers) : metrics);
        return new SweepSettings(
                edgeCounts,
                select.settings(),
                search.settings(measured.faithfulness() ? keep : List.of()),
                patchType,
                ablationType,
                reverseCleanCorrupt,
                measured,
                checks,
                new SweepProducts(showPrompts, perPrompt, writeOutputs, knownEdges, figure));
    }
}
