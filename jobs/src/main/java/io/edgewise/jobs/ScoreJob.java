package io.edgewise.jobs;

import io.edgewise.jobs.files.EdgeTable;
import io.edgewise.jobs.files.Manifest;
import io.edgewise.jobs.files.ModelSetup;
import io.edgewise.jobs.files.OutputDirectory;
import io.edgewise.jobs.files.PromptSelection;
import io.edgewise.jobs.files.RunFiles;
import io.edgewise.jobs.files.ScoreFile;
import io.edgewise.pipeline.MeanAblation;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.pipeline.ScoreEdges;
import io.edgewise.score.EdgeScorer;
import io.edgewise.score.PruneScores;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Scores all edges of a model on prompts. */
record ScoreJob(ModelSetup model, PromptSelection selection, ScoreSettings settings) {

    /**
     * @param prompts prompt pairs that were scored
     * @param rejected prompts that could not be used
     */
    record Result(PruneScores scores, long prompts, long rejected) {}

    /** Reads the prompts, scores, and writes the result directory. */
    Result run(SparkSession spark, OutputDirectory out) {
        Manifest manifest = new Manifest("score", settings.options(), model, selection);
        try (PromptBatches.Result prompts = Prompts.batches(spark, model, selection, settings.answers())) {
            manifest.counts(prompts);
            if (settings instanceof ScoreSettings.Gradient gradient) {
                MemoryCheck.check(spark, model, selection.batchSize(), gradient.maskValue(), prompts);
            }
            PruneScores scores = score(spark, prompts);
            out.write(ScoreFile.NAME, ScoreFile.encode(scores));
            RunFiles files = new RunFiles(manifest, out);
            files.table(
                    "edges", EdgeTable.of(spark, scores).withColumn("n_prompts", functions.lit(prompts.promptCount())));
            files.complete(prompts);
            return new Result(scores, prompts.promptCount(), prompts.rejectedCount());
        }
    }

    private PruneScores score(SparkSession spark, PromptBatches.Result prompts) {
        EdgeScorer scorer = settings.scorer(
                ablation -> new MeanAblation(model.graph(), model.config().modelWidth(), ablation).execute(prompts),
                selection.batchSize());
        try (Progress progress = new Progress(spark, "score", prompts.batchCount())) {
            return new ScoreEdges(model.graph(), scorer, progress.done()).execute(prompts);
        }
    }
}
