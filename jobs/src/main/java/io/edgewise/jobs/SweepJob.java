package io.edgewise.jobs;

import com.fasterxml.jackson.databind.node.DoubleNode;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.circuit.BenchmarkCurve;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.CircuitRunner;
import io.edgewise.circuit.CircuitSweep;
import io.edgewise.circuit.EdgeCounts;
import io.edgewise.circuit.Measurement;
import io.edgewise.circuit.RocCurve;
import io.edgewise.graph.EdgeMask;
import io.edgewise.jobs.files.AreaTable;
import io.edgewise.jobs.files.CircuitTable;
import io.edgewise.jobs.files.Fingerprint;
import io.edgewise.jobs.files.GivenScores;
import io.edgewise.jobs.files.Manifest;
import io.edgewise.jobs.files.MeasurementTable;
import io.edgewise.jobs.files.ModelSetup;
import io.edgewise.jobs.files.OutputDirectory;
import io.edgewise.jobs.files.PromptSelection;
import io.edgewise.jobs.files.RocTable;
import io.edgewise.jobs.files.RunFiles;
import io.edgewise.pipeline.CircuitOutputs;
import io.edgewise.pipeline.MeanAblation;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.pipeline.SweepCircuits;
import io.edgewise.score.PruneScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Runs and measures circuits of several sizes.
 *
 * @param given the scores
 */
record SweepJob(ModelSetup model, PromptSelection selection, GivenScores given, SweepSettings settings) {

    /**
     * What will be run, read and checked before Spark is started.
     *
     * @param roc against a known circuit; null for none
     */
    record Plan(PruneScores scores, PlannedCircuits circuits, @Nullable RocCurve roc) {}

    /**
     * @param curves of the MIB benchmark, where they were asked for
     * @param roc against a known circuit; null for none
     */
    record Result(List<Measurement> measurements, List<BenchmarkCurve> curves, @Nullable RocCurve roc) {
        Result {
            measurements = List.copyOf(measurements);
            curves = List.copyOf(curves);
        }
    }

    /** Reads the scores and chooses the circuits. */
    Plan plan() {
        PruneScores scores = given.read(model);
        List<String> known = settings.products().knownEdges();
        FigureFile figure = settings.products().figure();
        if (figure != null) {
            figure.check();
        }
        return new Plan(
                scores,
                PlannedCircuits.of(scores, settings),
                known.isEmpty()
                        ? null
                        : RocCurve.of(scores, EdgeMask.of(scores.graph(), known), EdgeCounts.Rule.DEFAULT.of(scores)));
    }

    /** Reads the prompts, runs the circuits, and writes the result directory. */
    Result run(SparkSession spark, Plan plan, OutputDirectory out) {
        Manifest manifest = new Manifest("sweep", options(plan), model, selection);
        try (PromptBatches.Result prompts = Prompts.batches(spark, model, selection, settings.answers())) {
            manifest.counts(prompts);
            AblationActivations activations = activations(prompts);
            List<Measurement> all = measure(spark, runner(plan, plan.circuits().all(), activations), prompts);
            Result result = new Result(plan.circuits().own(all), plan.circuits().curves(all), plan.roc());
            RunFiles files = new RunFiles(manifest, out);
            write(spark, plan, result, files);
            if (settings.products().outputs()) {
                CircuitRunner own = runner(plan, plan.circuits().own(), activations);
                files.table("outputs", new CircuitOutputs(own).execute(prompts));
            }
            complete(plan, result.measurements(), prompts, files);
            return result;
        }
    }

    private void write(SparkSession spark, Plan plan, Result result, RunFiles files) {
        List<Measurement> measurements = Stream.concat(
                        result.measurements().stream(),
                        result.curves().stream().flatMap(curve -> curve.measurements().stream()))
                .toList();
        files.table(
                "measurements",
                MeasurementTable.of(spark, measurements, settings.patchType(), settings.ablationType()));
        files.table("areas", AreaTable.of(spark, settings.metrics().metrics(), result.measurements(), result.curves()));
        files.table(
                "circuits",
                CircuitTable.of(spark, plan.scores(), plan.circuits().all()));
        if (plan.roc() != null) {
            files.table("roc", RocTable.of(spark, plan.roc()));
            files.manifest().put("roc_area", DoubleNode.valueOf(plan.roc().area()));
        }
    }

    /** Completes the directory, and only then touches a file outside it. */
    private void complete(Plan plan, List<Measurement> measurements, PromptBatches.Result prompts, RunFiles files) {
        FigureFile figure = settings.products().figure();
        if (figure == null) {
            files.complete(prompts);
            return;
        }
        List<String> labels = SeqLabels.of(selection, prompts.model().prefix().size(), prompts.longest());
        String drawing = figure.draw(plan.scores(), drawn(plan.circuits().own(), measurements), labels);
        figure.writeInto(files.out(), drawing);
        files.complete(prompts);
        figure.write(files.out(), drawing);
    }

    /** The circuit that the headline is about, or, where its metric wasn't measured, the last that isn't everything. */
    private static Circuit drawn(List<Circuit> circuits, List<Measurement> measurements) {
        int all = circuits.stream().mapToInt(Circuit::achievedEdges).max().orElse(0);
        List<Headline.Kept> kept = Headline.kept(measurements);
        int size = kept.isEmpty()
                ? circuits.stream()
                        .mapToInt(Circuit::achievedEdges)
                        .filter(edges -> edges < all)
                        .max()
                        .orElse(all)
                : Headline.of(kept, all).chosenEdges();
        return circuits.stream()
                .filter(circuit -> circuit.achievedEdges() == size)
                .findFirst()
                .orElse(circuits.get(circuits.size() - 1));
    }

    private AblationActivations activations(PromptBatches.Result prompts) {
        return new MeanAblation(model.graph(), model.config().modelWidth(), settings.ablation()).execute(prompts);
    }

    private CircuitRunner runner(Plan plan, List<Circuit> circuits, AblationActivations activations) {
        return new CircuitRunner(
                plan.scores(), circuits, settings.patchType(), activations, settings.reverseCleanCorrupt());
    }

    private List<Measurement> measure(SparkSession spark, CircuitRunner runner, PromptBatches.Result prompts) {
        CircuitSweep sweep = new CircuitSweep(runner, settings.metrics().measured());
        try (Progress progress = new Progress(spark, "sweep", prompts.batchCount())) {
            return new SweepCircuits(sweep, progress.done()).execute(prompts);
        }
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
