package io.edgewise.jobs;

import io.edgewise.ablation.AblationActivations;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.CircuitRunner;
import io.edgewise.circuit.CircuitSweep;
import io.edgewise.circuit.Measurement;
import io.edgewise.jobs.files.CircuitTable;
import io.edgewise.jobs.files.Fingerprint;
import io.edgewise.jobs.files.Manifest;
import io.edgewise.jobs.files.MeasurementTable;
import io.edgewise.jobs.files.ModelSetup;
import io.edgewise.jobs.files.OutputDirectory;
import io.edgewise.jobs.files.PromptSelection;
import io.edgewise.jobs.files.RunFiles;
import io.edgewise.jobs.files.ScoreFile;
import io.edgewise.pipeline.CircuitOutputs;
import io.edgewise.pipeline.MeanAblation;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.pipeline.SweepCircuits;
import io.edgewise.score.PruneScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Runs and measures circuits of several sizes.
 *
 * @param scoreDirectory what a score job wrote
 */
record SweepJob(ModelSetup model, PromptSelection selection, String scoreDirectory, SweepSettings settings) {

    /** What will be run, read and checked before Spark is started. */
    record Plan(PruneScores scores, List<Circuit> circuits) {}

    /** Reads the scores and chooses the circuits. */
    Plan plan() {
        PruneScores scores = ScoreFile.read(scoreDirectory, model);
        return new Plan(scores, Circuit.of(scores, settings.edgeCounts().of(scores)));
    }

    /** Reads the prompts, runs the circuits, and writes the result directory. */
    List<Measurement> run(SparkSession spark, Plan plan, OutputDirectory out) {
        Manifest manifest = new Manifest("sweep", options(plan), model, selection);
        try (PromptBatches.Result prompts = Prompts.batches(spark, model, selection, settings.answers())) {
            manifest.counts(prompts);
            CircuitRunner runner = runner(plan, prompts);
            List<Measurement> measurements = measure(spark, runner, prompts);
            RunFiles files = new RunFiles(manifest, out);
            files.table(
                    "measurements",
                    MeasurementTable.of(spark, measurements, settings.patchType(), settings.ablationType()));
            files.table("circuits", CircuitTable.of(spark, plan.scores(), plan.circuits()));
            if (settings.writesOutputs()) {
                files.table("outputs", new CircuitOutputs(runner).execute(prompts));
            }
            files.complete(prompts);
            return measurements;
        }
    }

    private CircuitRunner runner(Plan plan, PromptBatches.Result prompts) {
        AblationActivations activations =
                new MeanAblation(model.graph(), model.config().modelWidth(), settings.ablation()).execute(prompts);
        return new CircuitRunner(
                plan.scores(), plan.circuits(), settings.patchType(), activations, settings.reverseCleanCorrupt());
    }

    private List<Measurement> measure(SparkSession spark, CircuitRunner runner, PromptBatches.Result prompts) {
        CircuitSweep sweep = new CircuitSweep(runner, settings.metrics());
        try (Progress progress = new Progress(spark, "sweep", prompts.batchCount())) {
            return new SweepCircuits(sweep, progress.done()).execute(prompts);
        }
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
