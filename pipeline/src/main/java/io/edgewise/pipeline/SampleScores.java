package io.edgewise.pipeline;

import io.edgewise.graph.ModelGraph;
import io.edgewise.reduce.BatchSum;
import io.edgewise.score.PromptScorer;
import io.edgewise.score.PruneScores;
import io.edgewise.score.ScoredSample;
import io.edgewise.spark.SampleBatches;
import io.edgewise.spark.ShareFiles;
import io.edgewise.uncertainty.Bootstrap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * Scores all edges and says how far the prompts let the scores be believed. Each batch is run once; what its prompts add goes into a file, and
 * all the rest is made of the files.
 *
 * @param bootstrap of no replicates for standard errors alone
 * @param groups of the prompts; null where nobody asks
 * @param sizes the circuits that are looked at, of the scores
 * @param work how it is named and where finished batches and the files are kept
 */
public record SampleScores(
        ModelGraph graph,
        PromptScorer scorer,
        Bootstrap bootstrap,
        @Nullable PromptGroups groups,
        Function<PruneScores, List<Integer>> sizes,
        BatchWork work) {

    public ScoredSample execute(PromptBatches.Result prompts) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(
                prompts.batches().sparkSession().sparkContext());
        Broadcast<PromptScorer> shared = context.broadcast(scorer);
        ShareFiles files = new ShareFiles(Objects.requireNonNull(work.keptIn(), "directory"), graph.edgeCount());
        try {
            BatchSum sum =
                    work.sum(prompts, scorer.stateLength(graph), new SampleBatches(prompts.model(), shared, files));
            PruneScores scores = PruneScores.of(graph, scorer.finish(graph, sum.values(), sum.prompts()));
            DrawReplicates draw = new DrawReplicates(files, bootstrap, scorer.ofSum(sum.prompts()));
            try (StageNames names = StageNames.of(
                    context,
                    work.name() + ": draws " + bootstrap.replicates() + " replicates of " + sum.prompts()
                            + " prompts")) {
                ScoredSample sample = draw.execute(context, scores, sum.prompts(), sizes.apply(scores));
                return groups == null
                        ? sample
                        : sample.with(new ScoreGroups(
                                        files, groups.without(sum.notes().unfit()), draw.ofSum())
                                .execute(context, sum.prompts()));
            }
        } finally {
            shared.destroy();
        }
    }
}
