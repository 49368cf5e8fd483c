package io.edgewise.pipeline;

import io.edgewise.graph.ModelGraph;
import io.edgewise.reduce.BatchNotes.Unfit;
import io.edgewise.reduce.BatchSum;
import io.edgewise.score.PromptScorer;
import io.edgewise.score.RankedScores;
import io.edgewise.score.ScoredSample;
import io.edgewise.spark.batch.SampleBatches;
import io.edgewise.spark.share.ShareFiles;
import io.edgewise.uncertainty.Bootstrap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * The job that scores all edges, or nodes or neurons, and computes the errors of the scores. Each batch is run once and writes what its prompts add into a file;
 * everything else is computed from the files.
 *
 * @param bootstrap the bootstrap; without replicates there are only standard errors
 * @param groups the prompts' groups; null for no groups
 * @param sizes the sizes of the circuits that are examined, by the scores
 * @param work the job's name, and where finished batches and the files are kept
 */
public record SampleScores(
        ModelGraph graph,
        PromptScorer scorer,
        Bootstrap bootstrap,
        @Nullable PromptGroups groups,
        Function<RankedScores, List<Integer>> sizes,
        BatchWork work) {

    public ScoredSample execute(PromptBatches.Result prompts) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(
                prompts.batches().sparkSession().sparkContext());
        Broadcast<PromptScorer> shared = context.broadcast(scorer);
        ShareFiles files = new ShareFiles(Objects.requireNonNull(work.keptIn(), "directory"), scorer.scoreCount(graph));
        try {
            BatchSum sum =
                    work.sum(prompts, scorer.stateLength(graph), new SampleBatches(prompts.model(), shared, files));
            RankedScores scores = scorer.scores(graph, sum.values(), sum.prompts());
            return drawn(context, files, scores, sum.prompts(), sum.notes().unfit());
        } finally {
            shared.destroy();
        }
    }

    /**
     * The errors of scores, from the files of what prompts add.
     *
     * @param prompts prompt pairs in all batches
     * @param unfit the prompts that are in no file
     */
    ScoredSample drawn(
            JavaSparkContext context, ShareFiles files, RankedScores scores, long prompts, List<Unfit> unfit) {
        List<ShareFiles.BatchFile> listed = checked(files.files(), prompts);
        double ofSum = scorer.ofSum(prompts);
        try (StageNames names = StageNames.of(
                context,
                work.name() + ": draws " + bootstrap.replicates() + " replicates of " + prompts + " prompts")) {
            ScoredSample sample =
                    new DrawReplicates(files, listed, bootstrap, ofSum).execute(context, scores, sizes.apply(scores));
            return groups == null
                    ? sample
                    : sample.with(
                            new ScoreGroups(files, listed, groups.without(unfit), ofSum).execute(context, prompts));
        }
    }

    private static List<ShareFiles.BatchFile> checked(List<ShareFiles.BatchFile> listed, long prompts) {
        long found = listed.stream().mapToLong(ShareFiles.BatchFile::prompts).sum();
        if (found != prompts) {
            throw new IllegalStateException("Files of what prompts add have " + found + " prompts, wanted " + prompts
                    + "; the run is not valid");
        }
        return listed;
    }
}
