package io.edgewise.jobs;

import io.edgewise.ablation.AblationType;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.CircuitRunner;
import io.edgewise.circuit.CircuitSweep;
import io.edgewise.circuit.EdgeCounts;
import io.edgewise.circuit.Measurement;
import io.edgewise.circuit.PatchType;
import io.edgewise.jobs.files.CircuitTable;
import io.edgewise.jobs.files.Fingerprint;
import io.edgewise.jobs.files.Manifest;
import io.edgewise.jobs.files.MeasurementTable;
import io.edgewise.jobs.files.ModelFiles;
import io.edgewise.jobs.files.OutputDirectory;
import io.edgewise.jobs.files.PromptSelection;
import io.edgewise.jobs.files.RejectedTable;
import io.edgewise.jobs.files.ScoreFile;
import io.edgewise.metric.CircuitMetric;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.pipeline.SweepCircuits;
import io.edgewise.score.PruneScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Runs and measures circuits of several sizes.
 *
 * @param scoreDirectory what a score job wrote
 */
record SweepJob(
        ModelFiles model,
        PromptSelection selection,
        String scoreDirectory,
        EdgeCounts edgeCounts,
        PatchType patchType,
        AblationType ablationType,
        boolean reverseCleanCorrupt,
        List<CircuitMetric> metrics) {

    /** What will be run, read and checked before Spark is started. */
    record Plan(PruneScores scores, CircuitSweep sweep) {}

    /** Reads the scores and chooses the circuits. */
    Plan plan() {
        PruneScores scores = ScoreFile.read(scoreDirectory, model);
        List<Circuit> circuits = Circuit.of(scores, edgeCounts.of(scores));
        CircuitRunner runner = new CircuitRunner(scores, circuits, patchType, reverseCleanCorrupt);
        return new Plan(scores, new CircuitSweep(runner, metrics));
    }

    /** Reads the prompts, runs the circuits, and writes the result directory. */
    List<Measurement> run(SparkSession spark, Plan plan, OutputDirectory out) {
        Manifest manifest = new Manifest("sweep", options(plan), model, selection);
        manifest.graph(model.graph());
        try (PromptBatches.Result prompts = Prompts.batches(spark, model, selection)) {
            manifest.counts(prompts);
            List<Measurement> measurements = sweep(spark, plan, prompts);
            write(spark, out, plan, measurements, prompts, manifest);
            return measurements;
        }
    }

    private List<Measurement> sweep(SparkSession spark, Plan plan, PromptBatches.Result prompts) {
        try (Progress progress = new Progress(spark, "sweep", prompts.batchCount())) {
            return new SweepCircuits(model.source(spark), plan.sweep(), progress.done()).execute(prompts);
        }
    }

    private void write(
            SparkSession spark,
            OutputDirectory out,
            Plan plan,
            List<Measurement> measurements,
            PromptBatches.Result prompts,
            Manifest manifest) {
        MeasurementTable.of(spark, measurements, patchType, ablationType)
                .withColumn("run_id", functions.lit(manifest.id()))
                .write()
                .parquet(out.child("measurements"));
        CircuitTable.of(spark, plan.scores(), plan.sweep().runner().circuits())
                .withColumn("run_id", functions.lit(manifest.id()))
                .write()
                .parquet(out.child("circuits"));
        RejectedTable.write(out, prompts, manifest.id());
        out.write(Manifest.FILE, manifest.finish(spark));
        out.complete();
    }

    private Map<String, String> options(Plan plan) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("scores", Fingerprint.of(new Path(scoreDirectory, ScoreFile.NAME).toString()));
        options.put(
                "edge-counts",
                plan.sweep().runner().circuits().stream()
                        .map(circuit -> String.valueOf(circuit.requestedEdges()))
                        .collect(Collectors.joining(",")));
        options.put("patch-type", patchType.name());
        options.put("ablation-type", ablationType.name());
        options.put("reverse-clean-corrupt", String.valueOf(reverseCleanCorrupt));
        options.put("metrics", metrics.stream().map(CircuitMetric::name).collect(Collectors.joining(",")));
        options.put("slice-output", "last_seq");
        options.putAll(selection.options());
        return options;
    }
}
