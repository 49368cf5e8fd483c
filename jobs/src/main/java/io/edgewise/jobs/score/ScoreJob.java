package io.edgewise.jobs.score;

import io.edgewise.check.SelfCheck;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.jobs.input.Prompts;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.jobs.input.SeqLabels;
import io.edgewise.jobs.results.EdgeTable;
import io.edgewise.jobs.results.Manifest;
import io.edgewise.jobs.run.JobRun;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.pipeline.ScoreEdges;
import io.edgewise.score.EdgeScorer;
import io.edgewise.score.FiniteDifferences;
import io.edgewise.score.MaskGradient;
import io.edgewise.score.PruneScores;
import io.edgewise.spark.PieceSizes;
import org.apache.spark.sql.functions;

/** Scores all edges of a model on prompts. */
public record ScoreJob(ModelSetup model, PromptSelection selection, ScoreSettings settings) {

    private static final int CHECKED_EDGES = 4;

    /**
     * The scores.
     *
     * @param prompts prompt pairs that were scored
     * @param rejected prompts that could not be used
     */
    public record Result(PruneScores scores, long prompts, long rejected) {}

    public Manifest manifest() {
        return new Manifest("score", settings.options(), model, selection);
    }

    /** Reads the prompts, scores, and writes the result directory. */
    public Result run(JobRun run) {
        MemoryPlan plan = settings instanceof ScoreSettings.Gradient gradient
                ? MemoryPlan.of(run.spark(), model, gradient.maskValue())
                : null;
        int longest = plan == null ? Integer.MAX_VALUE : plan.longest();
        try (PromptBatches.Result prompts =
                Prompts.batches(run.spark(), model, selection, settings.answers(), longest)) {
            run.counts(prompts);
            PieceSizes sizes = plan == null ? PieceSizes.WHOLE : plan.sizes(prompts, selection.batchSize());
            EdgeScorer scorer =
                    settings.scorer(ablation -> run.ablation(model, ablation, prompts), selection.batchSize());
            PruneScores scores = run.onBatches(
                    "score", prompts, sizes, work -> new ScoreEdges(model.graph(), scorer, work).execute(prompts));
            run.check(check(scorer), prompts, sizes, scores);
            run.out().write(ScoreFile.NAME, ScoreFile.encode(scores));
            run.table(
                    "edges",
                    EdgeTable.of(run.spark(), scores).withColumn("n_prompts", functions.lit(run.prompts(prompts))));
            if (model.graph().spec().seqLen() != null) {
                int prefix = prompts.model().prefix().size();
                run.manifest().put(SeqLabels.KEY, SeqLabels.json(SeqLabels.of(selection, prefix, prompts.longest())));
            }
            run.complete(prompts);
            return new Result(
                    scores,
                    run.prompts(prompts),
                    prompts.promptCount() + prompts.rejectedCount() - run.prompts(prompts));
        }
    }

    /** Gradients are checked on a few edges, the same for the same run. */
    private static SelfCheck check(EdgeScorer scorer) {
        return new SelfCheck(
                scorer instanceof MaskGradient gradient ? new FiniteDifferences(gradient, CHECKED_EDGES, 0) : null);
    }
}
