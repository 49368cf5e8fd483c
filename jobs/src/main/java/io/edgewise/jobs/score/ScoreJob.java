package io.edgewise.jobs.score;

import io.edgewise.InputException;
import io.edgewise.check.SelfCheck;
import io.edgewise.circuit.EdgeCounts;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.jobs.input.Prompts;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.jobs.input.ScoredPrompts;
import io.edgewise.jobs.input.SeqLabels;
import io.edgewise.jobs.results.DifferenceTable;
import io.edgewise.jobs.results.EdgeTable;
import io.edgewise.jobs.results.GroupTable;
import io.edgewise.jobs.results.InclusionTable;
import io.edgewise.jobs.results.Manifest;
import io.edgewise.jobs.results.StabilityTable;
import io.edgewise.jobs.run.JobRun;
import io.edgewise.pipeline.BatchWork;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.pipeline.PromptGroups;
import io.edgewise.pipeline.SampleScores;
import io.edgewise.pipeline.ScoreEdges;
import io.edgewise.score.EdgeScorer;
import io.edgewise.score.FiniteDifferences;
import io.edgewise.score.GroupScores;
import io.edgewise.score.MaskGradient;
import io.edgewise.score.PromptScorer;
import io.edgewise.score.PruneScores;
import io.edgewise.score.ScoredSample;
import io.edgewise.spark.PieceSizes;
import io.edgewise.uncertainty.Bootstrap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * The job that scores all edges of a model on prompts.
 *
 * @param bootstrap the bootstrap for the scores' errors; without replicates there are only scores
 * @param groupBy the field of a prompt that names its group; null for no groups
 */
public record ScoreJob(
        ModelSetup model,
        PromptSelection selection,
        ScoreSettings settings,
        Bootstrap bootstrap,
        @Nullable String groupBy) {

    private static final int CHECKED_EDGES = 4;
    private static final int MOST_GROUPS = 20;

    /**
     * The scores.
     *
     * @param prompts how many prompt pairs were scored
     * @param rejected how many prompts could not be used
     */
    public record Result(PruneScores scores, long prompts, long rejected) {}

    public Manifest manifest() {
        Map<String, String> options = new LinkedHashMap<>(settings.options());
        if (bootstrap.replicates() > 0) {
            options.put("bootstrap", String.valueOf(bootstrap.replicates()));
        }
        if (groupBy != null) {
            options.put("group-by", groupBy);
        }
        return new Manifest("score", options, model, selection);
    }

    /** Reads the prompts, scores, and writes the result directory. */
    public Result run(JobRun run) {
        MemoryPlan plan = settings instanceof ScoreSettings.Gradient gradient
                ? MemoryPlan.of(run.spark(), model, gradient.maskValue())
                : settings instanceof LearnedMasks ? MemoryPlan.of(run.spark(), model, null) : null;
        int longest = plan == null ? Integer.MAX_VALUE : plan.longest();
        try (PromptBatches.Result prompts =
                Prompts.batches(run.spark(), model, selection, settings.answers(), longest, groupBy)) {
            run.counts(prompts);
            PieceSizes sizes = plan == null ? PieceSizes.WHOLE : plan.sizes(prompts, selection.batchSize());
            PruneScores scores;
            if (settings instanceof LearnedMasks masks) {
                scores = new TrainedScores(model, selection, masks).execute(run, prompts, sizes);
                edges(run, EdgeTable.of(run.spark(), scores), prompts);
                run.check(new SelfCheck(null), prompts, sizes, scores);
            } else {
                scores = score(run, prompts, sizes);
            }
            run.out().write(ScoreFile.NAME, ScoreFile.encode(scores));
            run.table(ScoredPrompts.NAME, prompts.keys().coalesce(1));
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

    private PruneScores score(JobRun run, PromptBatches.Result prompts, PieceSizes sizes) {
        EdgeScorer scorer = settings.scorer(ablation -> run.ablation(model, ablation, prompts), selection.batchSize());
        PruneScores scores = run.onBatches("score", prompts, sizes, work -> score(run, scorer, work, prompts));
        run.check(check(scorer), prompts, sizes, scores);
        return scores;
    }

    /** Scores the edges, and writes their tables. */
    private PruneScores score(JobRun run, EdgeScorer scorer, BatchWork work, PromptBatches.Result prompts) {
        if ((bootstrap.replicates() == 0 && groupBy == null) || !(scorer instanceof PromptScorer ofPrompts)) {
            PruneScores scores = new ScoreEdges(model.graph(), scorer, work).execute(prompts);
            edges(run, EdgeTable.of(run.spark(), scores), prompts);
            return scores;
        }
        ScoredSample sample = new SampleScores(
                        model.graph(), ofPrompts, bootstrap, groups(prompts), ScoreJob::sizes, work)
                .execute(prompts);
        edges(run, EdgeTable.of(run.spark(), sample.scores(), sample.errors()), prompts);
        if (bootstrap.replicates() > 0) {
            run.table("inclusion", InclusionTable.of(run.spark(), sample));
            run.table("stability", StabilityTable.of(run.spark(), sample.stability()));
        }
        GroupScores groups = sample.groups();
        if (groups != null) {
            run.table("groups", GroupTable.of(run.spark(), model.graph(), groups));
            run.table("group_differences", DifferenceTable.of(run.spark(), model.graph(), groups));
        }
        return sample.scores();
    }

    private @Nullable PromptGroups groups(PromptBatches.Result prompts) {
        if (groupBy == null) {
            return null;
        }
        PromptGroups groups = prompts.groups();
        if (groups.names().isEmpty() || groups.names().size() > MOST_GROUPS) {
            throw new InputException("--group-by " + groupBy + " wants a field with 1 to " + MOST_GROUPS
                    + " different values, got " + groups.names().size() + " in " + String.join(", ", selection.uris())
                    + "; give a field that prompts have, such as a template or a task");
        }
        return groups;
    }

    private static void edges(JobRun run, Dataset<Row> edges, PromptBatches.Result prompts) {
        run.table("edges", edges.withColumn("n_prompts", functions.lit(run.prompts(prompts))));
    }

    /** The sizes of the circuits whose stability is measured: the default sizes of a sweep. */
    private static List<Integer> sizes(PruneScores scores) {
        return EdgeCounts.Rule.DEFAULT.of(scores).stream()
                .filter(size -> size > 0)
                .toList();
    }

    /** The self-check, which checks gradients on a few edges, the same ones for the same run. */
    private static SelfCheck check(EdgeScorer scorer) {
        return new SelfCheck(
                scorer instanceof MaskGradient gradient ? new FiniteDifferences(gradient, CHECKED_EDGES, 0) : null);
    }
}
