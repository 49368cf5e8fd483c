package io.edgewise.jobs.sweep;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.node.DoubleNode;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.check.SelfCheck;
import io.edgewise.circuit.BenchmarkCurve;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.CircuitRunner;
import io.edgewise.circuit.CircuitSweep;
import io.edgewise.circuit.EdgeCounts;
import io.edgewise.circuit.Measurement;
import io.edgewise.circuit.PromptSweep;
import io.edgewise.circuit.RocCurve;
import io.edgewise.circuit.ShownAnswer;
import io.edgewise.graph.EdgeMask;
import io.edgewise.jobs.figure.FigureFile;
import io.edgewise.jobs.files.Fingerprint;
import io.edgewise.jobs.input.GivenScores;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.jobs.input.Prompts;
import io.edgewise.jobs.input.ScoredPrompts;
import io.edgewise.jobs.input.SeqLabels;
import io.edgewise.jobs.results.AreaTable;
import io.edgewise.jobs.results.CircuitTable;
import io.edgewise.jobs.results.ControlTable;
import io.edgewise.jobs.results.Manifest;
import io.edgewise.jobs.results.MeasurementTable;
import io.edgewise.jobs.results.RocTable;
import io.edgewise.jobs.run.JobRun;
import io.edgewise.pipeline.CircuitOutputs;
import io.edgewise.pipeline.MeasureEachPrompt;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.pipeline.SweepCircuits;
import io.edgewise.pipeline.TellShown;
import io.edgewise.score.PruneScores;
import io.edgewise.spark.PieceSizes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Runs and measures circuits of several sizes.
 *
 * @param given the scores
 */
public record SweepJob(ModelSetup model, PromptSelection selection, GivenScores given, SweepSettings settings) {

    /**
     * What will be run, read and checked before Spark is started.
     *
     * @param controls random circuits
     * @param roc against a known circuit; null for none
     */
    public record Plan(
            PruneScores scores, PlannedCircuits circuits, PlannedControls controls, @Nullable RocCurve roc) {}

    /**
     * What was measured.
     *
     * @param curves of the MIB benchmark, where they were asked for
     * @param roc against a known circuit; null for none
     */
    public record Result(List<Measurement> measurements, List<BenchmarkCurve> curves, @Nullable RocCurve roc) {
        public Result {
            measurements = List.copyOf(measurements);
            curves = List.copyOf(curves);
        }
    }

    /** Reads the scores and chooses the circuits. */
    public Plan plan() {
        PruneScores scores = given.read(model);
        List<String> known = settings.products().knownEdges();
        FigureFile figure = settings.products().figure();
        if (figure != null) {
            figure.check();
        }
        PlannedCircuits circuits = PlannedCircuits.of(scores, settings);
        return new Plan(
                scores,
                circuits,
                PlannedControls.of(circuits, settings.checks().controls()),
                known.isEmpty()
                        ? null
                        : RocCurve.of(scores, EdgeMask.of(scores.graph(), known), EdgeCounts.Rule.DEFAULT.of(scores)));
    }

    public Manifest manifest(Plan plan) {
        return new Manifest("sweep", options(plan), model, selection);
    }

    /** Reads the prompts, runs the circuits, and writes the result directory. */
    public Result run(JobRun run, Plan plan) {
        try (PromptBatches.Result prompts = Prompts.batches(run.spark(), model, selection, settings.answers())) {
            run.counts(prompts);
            ScoredPrompts.of(run.spark(), given).ifPresent(scored -> run.overlap(prompts.among(scored), prompts));
            AblationActivations activations = run.ablation(model, settings.ablation(), prompts);
            CircuitSweep sweep = new CircuitSweep(
                    runner(plan, plan.circuits().all(), activations),
                    settings.metrics().measured(),
                    settings.checks().bootstrap(),
                    plan.controls().circuits(),
                    settings.products().shownPrompts());
            SweepCircuits.Result swept = run.onBatches(
                    "sweep", prompts, PieceSizes.WHOLE, work -> new SweepCircuits(sweep, work).execute(prompts));
            run.check(new SelfCheck(null), prompts, PieceSizes.WHOLE, null);
            swept.task().ifPresent(run::task);
            List<Measurement> all = swept.measurements();
            Result result = new Result(plan.circuits().own(all), plan.circuits().curves(all), plan.roc());
            write(run, plan, result);
            if (settings.checks().controls() > 0) {
                run.table(
                        "controls",
                        ControlTable.of(run.spark(), plan.controls().bands(plan.circuits(), all, swept.controls())));
            }
            tell(run, plan, swept.answers(), prompts);
            if (settings.products().perPrompt()) {
                eachPrompt(run, plan, activations, prompts);
            }
            if (settings.products().outputs()) {
                CircuitRunner own = runner(plan, plan.circuits().own(), activations);
                run.table("outputs", new CircuitOutputs(own, PieceSizes.WHOLE).execute(prompts));
            }
            complete(run, plan, result.measurements(), prompts);
            return result;
        }
    }

    private void write(JobRun run, Plan plan, Result result) {
        List<Measurement> measurements = Stream.concat(
                        result.measurements().stream(),
                        result.curves().stream().flatMap(curve -> curve.measurements().stream()))
                .toList();
        run.table(
                "measurements",
                MeasurementTable.of(run.spark(), measurements, settings.patchType(), settings.ablationType()));
        run.table(
                "areas",
                AreaTable.of(run.spark(), settings.metrics().metrics(), result.measurements(), result.curves()));
        run.table(
                "circuits",
                CircuitTable.of(run.spark(), plan.scores(), plan.circuits().all()));
        if (plan.roc() != null) {
            run.table("roc", RocTable.of(run.spark(), plan.roc()));
            run.manifest().put("roc_area", DoubleNode.valueOf(plan.roc().area()));
        }
    }

    /** Writes what was asked for of each prompt. */
    private void eachPrompt(JobRun run, Plan plan, AblationActivations activations, PromptBatches.Result prompts) {
        SweepMetrics metrics = settings.metrics();
        PromptSweep sweep = new PromptSweep(
                runner(plan, plan.circuits().ownAndEnds(), activations), metrics.measured(), metrics.faithfulness());
        Object[] sizes =
                plan.circuits().own().stream().map(Circuit::requestedEdges).toArray();
        Dataset<Row> own = new MeasureEachPrompt(sweep, PieceSizes.WHOLE)
                .execute(prompts)
                .filter(col("requested_edges").isin(sizes))
                .filter(col("metric").isin(metrics.ofCircuits().toArray()));
        run.table("per_prompt", own.select(lit(settings.patchType().name()).as("patch_type"), col("*")));
    }

    /** Writes what the circuits answer on the first prompts, if any are to be shown. */
    private void tell(JobRun run, Plan plan, List<ShownAnswer> answers, PromptBatches.Result prompts) {
        if (settings.products().shownPrompts() > 0) {
            List<ShownAnswer> own = answers.stream()
                    .filter(answer -> plan.circuits().own().contains(answer.circuit()))
                    .toList();
            Dataset<Row> told = new TellShown(own, run.unfit()).execute(prompts);
            run.table(
                    "answers",
                    told.withColumn("patch_type", lit(settings.patchType().name())));
        }
    }

    /** Completes the directory, and only then touches a file outside it. */
    private void complete(JobRun run, Plan plan, List<Measurement> measurements, PromptBatches.Result prompts) {
        FigureFile figure = settings.products().figure();
        if (figure == null) {
            run.complete(prompts);
            return;
        }
        List<String> labels = SeqLabels.of(selection, prompts.model().prefix().size(), prompts.longest());
        String drawing = figure.draw(plan.scores(), drawn(plan.circuits().own(), measurements), labels);
        figure.writeInto(run.out(), drawing);
        run.complete(prompts);
        figure.write(run.out(), drawing);
    }

    /** The circuit in the headline, or, where faithfulness wasn't measured, the largest that isn't the full model. */
    private static Circuit drawn(List<Circuit> circuits, List<Measurement> measurements) {
        int all = circuits.stream().mapToInt(Circuit::achievedEdges).max().orElse(0);
        Headline headline = Headline.of(measurements, all);
        int size = headline.circuits().isEmpty()
                ? circuits.stream()
                        .mapToInt(Circuit::achievedEdges)
                        .filter(edges -> edges < all)
                        .max()
                        .orElse(all)
                : headline.chosenEdges();
        return circuits.stream()
                .filter(circuit -> circuit.achievedEdges() == size)
                .findFirst()
                .orElse(circuits.get(circuits.size() - 1));
    }

    private CircuitRunner runner(Plan plan, List<Circuit> circuits, AblationActivations activations) {
        return new CircuitRunner(
                plan.scores(), circuits, settings.patchType(), activations, settings.reverseCleanCorrupt());
    }

    private Map<String, String> options(Plan plan) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("scores", Fingerprint.of(given.file().toString()));
        options.put(
                "edge-counts",
                plan.circuits().own().stream()
                        .map(circuit -> String.valueOf(circuit.requestedEdges()))
                        .collect(Collectors.joining(",")));
        options.putAll(settings.options());
        return options;
    }
}
