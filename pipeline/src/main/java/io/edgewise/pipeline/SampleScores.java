package io.edgewise.pipeline;

import io.edgewise.graph.ModelGraph;
import io.edgewise.reduce.BatchSum;
import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.SliceSum;
import io.edgewise.reduce.Slices;
import io.edgewise.score.EdgeIntervals;
import io.edgewise.score.PruneScores;
import io.edgewise.score.ReplicateRanks;
import io.edgewise.score.Replicates;
import io.edgewise.score.SampleLayout;
import io.edgewise.score.SampledScorer;
import io.edgewise.score.ScoreErrors;
import io.edgewise.score.ScoredSample;
import io.edgewise.spark.RankReplicate;
import io.edgewise.spark.ReplicateParts;
import io.edgewise.spark.SampleBatches;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * Scores all edges and says how far the prompts let the scores be believed. Replicates stay on the executors: they are summed as the scores
 * are, then looked at edge by edge, then put together and ranked one by one; only what is said of an edge comes to the driver.
 *
 * @param sizes the circuits that are looked at, of the scores
 * @param work how it is named and where finished batches are kept
 */
public record SampleScores(
        ModelGraph graph, SampledScorer scorer, Function<PruneScores, List<Integer>> sizes, BatchWork work) {
    /** Replicates of so many bytes are put together in one task. */
    private static final long BYTES_AT_ONCE = 64L << 20;

    public ScoredSample execute(PromptBatches.Result prompts) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(
                prompts.batches().sparkSession().sparkContext());
        Broadcast<SampledScorer> shared = context.broadcast(scorer);
        try {
            return work.sums(
                    prompts,
                    scorer.layout(graph).slices(),
                    new SampleBatches(prompts.model(), shared),
                    (sums, slices) -> sample(context, sums, slices));
        } finally {
            shared.destroy();
        }
    }

    private ScoredSample sample(JavaSparkContext context, SumOverBatches sums, JavaRDD<SliceSum> slices) {
        slices.persist(StorageLevel.DISK_ONLY());
        try {
            SampleLayout layout = scorer.layout(graph);
            BatchSum head = sums.head(slices, layout.head());
            work.watch().noted(head.notes());
            PruneScores scores =
                    PruneScores.of(graph, scorer.scorer().finish(graph, layout.state(head.values()), head.prompts()));
            Replicates replicates = Replicates.of(scorer, layout, head.values(), head.prompts());
            JavaRDD<SliceSum> behind = sums.behind(slices, layout.head());
            List<EdgeIntervals> intervals =
                    behind.map(slice -> EdgeIntervals.of(replicates, slice)).collect();
            ReplicateRanks ranks = new ReplicateRanks(scores, sizes.apply(scores), replicates.usable().length);
            double[] ranked = rank(context, replicates, ranks, behind);
            return new ScoredSample(
                    scores,
                    ScoreErrors.of(scorer, scores, head.values(), head.prompts(), intervals, ranks.meanRanks(ranked)),
                    ranks.sizes(),
                    ranks.inclusion(ranked),
                    ranks.stability(ranked));
        } finally {
            slices.unpersist();
        }
    }

    /** The sum of what the rankings of all replicates say. */
    private static double[] rank(
            JavaSparkContext context, Replicates replicates, ReplicateRanks ranks, JavaRDD<SliceSum> slices) {
        if (ranks.replicates() == 0) {
            return new double[ranks.length()];
        }
        long bytes = (long) Float.BYTES * ranks.scores().size() * ranks.replicates();
        int tasks = Math.toIntExact(Math.max(context.defaultParallelism(), bytes / BYTES_AT_ONCE + 1));
        Broadcast<ReplicateRanks> shared = context.broadcast(ranks);
        try {
            JavaRDD<BatchVector> ranked = slices.flatMapToPair(new ReplicateParts(replicates))
                    .groupByKey(tasks)
                    .map(new RankReplicate(shared, replicates.usable()));
            return new SumOverBatches(Slices.of(ranks.length()), ranks.replicates())
                    .execute(ranked)
                    .values();
        } finally {
            shared.destroy();
        }
    }
}
