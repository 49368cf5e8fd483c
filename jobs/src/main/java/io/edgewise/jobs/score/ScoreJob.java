package io.edgewise.jobs.score;

import io.edgewise.InputException;
import io.edgewise.check.SelfCheck;
import io.edgewise.circuit.EdgeCounts;
import io.edgewise.graph.Level;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.jobs.input.Prompts;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.jobs.input.ScoredPrompts;
import io.edgewise.jobs.input.SeqLabels;
import io.edgewise.jobs.results.DifferenceTable;
import io.edgewise.jobs.results.GroupTable;
import io.edgewise.jobs.results.InclusionTable;
import io.edgewise.jobs.results.Manifest;
import io.edgewise.jobs.results.ScoreTable;
import io.edgewise.jobs.results.StabilityTable;
import io.edgewise.jobs.run.JobRun;
import io.edgewise.pipeline.BatchWork;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.pipeline.PromptGroups;
import io.edgewise.pipeline.SampleScores;
import io.edgewise.pipeline.ScoreEdges;
import io.edgewise.score.EdgeScorer;
import io.edgewise.score.ExactPatching;
import io.edgewise.score.FiniteDifferences;
import io.edgewise.score.GroupScores;
import io.edgewise.score.MaskGradient;
import io.edgewise.score.PromptScorer;
import io.edgewise.score.RankedScores;
import io.edgewise.score.ScoredSample;
import io.edgewise.spark.batch.PieceSizes;
import io.edgewise.uncertainty.Bootstrap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * The job that scores all edges of a model, or its nodes or neurons, on prompts.
 *
 * @param level what is scored; the settings must have it
 * @param bootstrap the bootstrap for the scores' errors; without replicates there are only scores
 * @param groupBy the field of a prompt that names its group; null for no groups
 */
public record ScoreJob(
        ModelSetup model,
        PromptSelection selection,
        ScoreSettings settings,
        Level level,
        Bootstrap bootstrap,
        @Nullable String groupBy) {

    private static final int CHECKED_EDGES = 4;
    private static final int MOST_GROUPS = 20;

    public ScoreJob {
        settings.check(model.spec());
    }

    /**
     * The scores.
     *
     * @param prompts how many prompt pairs were scored
     * @param rejected how many prompts could not be used
     */
    public record Result(RankedScores scores, long prompts, long rejected) {}

    public Manifest manifest() {
        Map<String, String> options = new LinkedHashMap<>(settings.options());
        if (level != Level.EDGE) {
            options.put("level", level.word());
        }
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
        boolean trains = settings instanceof LearnedMasks;
        MemoryPlan plan = settings.runs() > 0 ? MemoryPlan.of(run.spark(), model, settings.runs(), trains) : null;
        int longest = plan == null ? Integer.MAX_VALUE : plan.longest();
        try (PromptBatches.Result prompts =
                Prompts.batches(run.spark(), model, selection, settings.needs(), longest, groupBy)) {
            run.counts(prompts);
            PieceSizes sizes = plan == null ? PieceSizes.WHOLE : plan.sizes(prompts, selection.batchSize());
            RankedScores scores = settings instanceof LearnedMasks masks
                    ? trained(run, masks, prompts, sizes)
                    : checked(run, prompts, sizes);
            run.out().write(ScoreFile.NAME, ScoreFile.encode(scores));
            run.table(ScoredPrompts.NAME, prompts.keys(), prompts.promptCount());
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

    private RankedScores trained(JobRun run, LearnedMasks masks, PromptBatches.Result prompts, PieceSizes sizes) {
        RankedScores scores = new TrainedScores(model, selection, masks).execute(run, prompts, sizes);
        table(run, ScoreTable.of(run.spark(), scores), prompts);
        run.check(new SelfCheck(null), prompts, sizes, scores);
        return scores;
    }

    private RankedScores checked(JobRun run, PromptBatches.Result prompts, PieceSizes sizes) {
        EdgeScorer ofEdges = settings.scorer(ablation -> run.ablation(model, ablation, prompts), selection.batchSize());
        RankedScores scores = scores(run, ofEdges.at(level, model.config().modelWidth()), sizes, prompts);
        run.check(check(ofEdges), prompts, sizes, scores);
        return scores;
    }

    private RankedScores scores(JobRun run, EdgeScorer scorer, PieceSizes sizes, PromptBatches.Result prompts) {
        if (scorer instanceof ExactPatching exact) {
            ExactRun each = new ExactRun(run, model, exact);
            each.announce(prompts);
            if (samples()) {
                PromptGroups groups = groups(prompts);
                return sampled(run, each.sample(prompts, sizes, work -> sampling(exact, groups, work)), prompts);
            }
            RankedScores scores = each.scores(prompts, sizes);
            table(run, ScoreTable.of(run.spark(), scores), prompts);
            return scores;
        }
        return run.onBatches("score", prompts, sizes, work -> score(run, scorer, work, prompts));
    }

    /** Whether what each prompt adds is wanted. */
    private boolean samples() {
        return bootstrap.replicates() > 0 || groupBy != null;
    }

    /** Scores the edges, nodes or neurons, and writes their tables. */
    private RankedScores score(JobRun run, EdgeScorer scorer, BatchWork work, PromptBatches.Result prompts) {
        if (!samples() || !(scorer instanceof PromptScorer ofPrompts)) {
            RankedScores scores = new ScoreEdges(model.graph(), scorer, work).execute(prompts);
            table(run, ScoreTable.of(run.spark(), scores), prompts);
            return scores;
        }
        return sampled(run, sampling(ofPrompts, groups(prompts), work).execute(prompts), prompts);
    }

    private SampleScores sampling(PromptScorer scorer, @Nullable PromptGroups groups, BatchWork work) {
        return new SampleScores(model.graph(), scorer, bootstrap, groups, this::sizes, work);
    }

    /** Writes the tables of scores and their errors. */
    private RankedScores sampled(JobRun run, ScoredSample sample, PromptBatches.Result prompts) {
        table(run, ScoreTable.of(run.spark(), sample.scores(), sample.errors()), prompts);
        if (bootstrap.replicates() > 0 && level == Level.EDGE) {
            run.table("inclusion", InclusionTable.of(run.spark(), sample));
        }
        if (bootstrap.replicates() > 0 && level != Level.NEURON) {
            run.table("stability", ScoreTable.counted(StabilityTable.of(run.spark(), sample.stability()), level));
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

    private void table(JobRun run, Dataset<Row> rows, PromptBatches.Result prompts) {
        run.table(level.words(), rows.withColumn("n_prompts", functions.lit(run.prompts(prompts))));
    }

    /** The sizes of the circuits whose stability is measured: the default sizes of a sweep. Neurons are too many to count for every size. */
    private List<Integer> sizes(RankedScores scores) {
        if (level == Level.NEURON) {
            return List.of();
        }
        return EdgeCounts.Rule.DEFAULT.of(scores).stream()
                .filter(size -> size > 0)
                .toList();
    }

    /** The self-check, which checks gradients on a few edges, the same ones for the same run. A node's score is the sum of its edges'. */
    private static SelfCheck check(EdgeScorer ofEdges) {
        return new SelfCheck(
                ofEdges instanceof MaskGradient gradient ? new FiniteDifferences(gradient, CHECKED_EDGES, 0) : null);
    }
}
