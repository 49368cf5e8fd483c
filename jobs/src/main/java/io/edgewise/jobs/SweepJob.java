package io.edgewise.jobs;

import com.fasterxml.jackson.databind.node.DoubleNode;
import io.edgewise.check.SelfCheck;
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
import io.edgewise.jobs.files.Manifest;
import io.edgewise.jobs.files.MeasurementTable;
import io.edgewise.jobs.files.ModelSetup;
import io.edgewise.jobs.files.PromptSelection;
import io.edgewise.jobs.files.RocTable;
import io.edgewise.jobs.files.ScoreFile;
import io.edgewise.pipeline.CircuitOutputs;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.pipeline.SweepCircuits;
import io.edgewise.score.PruneScores;
import io.edgewise.spark.PieceSizes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Runs and measures circuits of several sizes.
 *
 * @param scoreDirectory what a score job wrote
 */
record SweepJob(ModelSetup model, PromptSelection selection, String scoreDirectory, SweepSettings settings) {

    /**
     * What will be run, read and checked before Spark is started.
     *
     * @param roc against a known circuit; null for none
     */
    record Plan(PruneScores scores, List<Circuit> circuits, @Nullable RocCurve roc) {}

    /** @param roc against a known circuit; null for none */
    record Result(List<Measurement> measurements, @Nullable RocCurve roc) {}

    /** Reads the scores and chooses the circuits. */
    Plan plan() {
        PruneScores scores = ScoreFile.read(scoreDirectory, model);
        List<String> known = settings.products().knownEdges();
        FigureFile figure = settings.products().figure();
        if (figure != null) {
            figure.check();
        }
        return new Plan(
                scores,
                Circuit.of(scores, settings.edgeCounts().of(scores)),
                known.isEmpty()
                        ? null
                        : RocCurve.of(scores, EdgeMask.of(scores.graph(), known), EdgeCounts.Rule.DEFAULT.of(scores)));
    }

    Manifest manifest(Plan plan) {
        return new Manifest("sweep", options(plan), model, selection);
    }

    /** Reads the prompts, runs the circuits, and writes the result directory. */
    Result run(JobRun run, Plan plan) {
        try (PromptBatches.Result prompts = Prompts.batches(run.spark(), model, selection, settings.answers())) {
            run.counts(prompts);
            CircuitRunner runner = runner(run, plan, prompts);
            List<Measurement> measurements =
                    run.onBatches("sweep", prompts, PieceSizes.WHOLE, work -> new SweepCircuits(
                                    new CircuitSweep(runner, settings.metrics()), work)
                            .execute(prompts));
            run.check(new SelfCheck(null), prompts, null);
            tables(run, plan, measurements);
            if (settings.products().outputs()) {
                run.table("outputs", new CircuitOutputs(runner, PieceSizes.WHOLE).execute(prompts));
            }
            complete(run, plan, measurements, prompts);
            return new Result(measurements, plan.roc());
        }
    }

    private void tables(JobRun run, Plan plan, List<Measurement> measurements) {
        SparkSession spark = run.spark();
        run.table(
                "measurements",
                MeasurementTable.of(spark, measurements, settings.patchType(), settings.ablationType()));
        run.table("areas", AreaTable.of(spark, settings.metrics(), measurements));
        run.table("circuits", CircuitTable.of(spark, plan.scores(), plan.circuits()));
        if (plan.roc() != null) {
            run.table("roc", RocTable.of(spark, plan.roc()));
            run.manifest().put("roc_area", DoubleNode.valueOf(plan.roc().area()));
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
        String drawing = figure.draw(plan.scores(), drawn(plan.circuits(), measurements), labels);
        figure.writeInto(run.out(), drawing);
        run.complete(prompts);
        figure.write(run.out(), drawing);
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

    private CircuitRunner runner(JobRun run, Plan plan, PromptBatches.Result prompts) {
        return new CircuitRunner(
                plan.scores(),
                plan.circuits(),
                settings.patchType(),
                run.ablation(model, settings.ablation(), prompts),
                settings.reverseCleanCorrupt());
    }

    private Map<String, String> options(Plan plan) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("scores", Fingerprint.of(new Path(scoreDirectory, ScoreFile.NAME).toString()));
        options.put(
                "edge-counts",
                plan.circuits().stream()
                        .map(circuit -> String.valueOf(circuit.requestedEdges()))
                        .collect(Collectors.joining(",")));
        options.putAll(settings.options());
        return options;
    }
}
