package io.edgewise.jobs;

import io.edgewise.jobs.files.EdgeTable;
import io.edgewise.jobs.files.Manifest;
import io.edgewise.jobs.files.ModelFiles;
import io.edgewise.jobs.files.OutputDirectory;
import io.edgewise.jobs.files.PromptSelection;
import io.edgewise.jobs.files.RunFiles;
import io.edgewise.jobs.files.ScoreFile;
import io.edgewise.pipeline.MeanAblation;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.pipeline.ScoreEdges;
import io.edgewise.score.EdgeScorer;
import io.edgewise.score.PruneScores;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Scores all edges of a model on prompts. */
record ScoreJob(ModelFiles model, PromptSelection selection, ScoreSettings settings) {

    /**
     * @param prompts prompt pairs that were scored
     * @param rejected prompts that could not be used
     */
    record Result(PruneScores scores, long prompts, long rejected) {}

    /** Reads the prompts, scores, and writes the result directory. */
    Result run(SparkSession spark, OutputDirectory out) {
        Manifest manifest = new Manifest("score", options(), model, selection);
        manifest.graph(model.graph());
        try (PromptBatches.Result prompts = Prompts.batches(spark, model, selection)) {
            manifest.counts(prompts);
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
                ablation -> new MeanAblation(model.source(spark), model.config(), ablation).execute(prompts),
                selection.batchSize());
        try (Progress progress = new Progress(spark, "score", prompts.batchCount())) {
            return new ScoreEdges(model.source(spark), model.graph(), scorer, progress.done()).execute(prompts);
        }
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>(settings.options());
        options.put("slice-output", "last_seq");
        options.putAll(selection.options());
        return options;
    }
}
