package io.edgewise.pipeline;

import io.edgewise.graph.ModelGraph;
import io.edgewise.reduce.BatchSum;
import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.Slices;
import io.edgewise.score.EdgeErrors;
import io.edgewise.score.EdgeGroups;
import io.edgewise.score.EdgeRange;
import io.edgewise.score.EdgeSample;
import io.edgewise.score.GroupScores;
import io.edgewise.score.PromptScorer;
import io.edgewise.score.PruneScores;
import io.edgewise.score.ReplicateRanks;
import io.edgewise.score.ScoreErrors;
import io.edgewise.score.ScoredSample;
import io.edgewise.spark.GroupRange;
import io.edgewise.spark.RankReplicates;
import io.edgewise.spark.ReplicateParts;
import io.edgewise.spark.SampleBatches;
import io.edgewise.spark.SampleRange;
import io.edgewise.spark.ShareFiles;
import io.edgewise.uncertainty.Bootstrap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Scores all edges and says how far the prompts let the scores be believed. Each batch is run once; what its prompts add goes into a file. From
 * the files each task takes the numbers of neighbouring edges and draws the replicates, which are then put together and ranked one by one. So
 * memory depends neither on the number of prompts nor on that of replicates, and only what is said of an edge comes to the driver.
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
    /** Sums over replicates of so many bytes are taken in one task. */
    private static final long BYTES_AT_ONCE = 64L << 20;

    public ScoredSample execute(PromptBatches.Result prompts) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(
                prompts.batches().sparkSession().sparkContext());
        Broadcast<PromptScorer> shared = context.broadcast(scorer);
        ShareFiles files = new ShareFiles(Objects.requireNonNull(work.keptIn(), "directory"), graph.edgeCount());
        try {
            BatchSum sum =
                    work.sum(prompts, scorer.stateLength(graph), new SampleBatches(prompts.model(), shared, files));
            PruneScores scores = PruneScores.of(graph, scorer.finish(graph, sum.values(), sum.prompts()));
            try (StageNames names = StageNames.of(
                    context,
                    work.name() + ": draws " + bootstrap.replicates() + " replicates of " + sum.prompts()
                            + " prompts")) {
                return sample(context, files, scores, sum);
            }
        } finally {
            shared.destroy();
        }
    }

    private ScoredSample sample(JavaSparkContext context, ShareFiles files, PruneScores scores, BatchSum sum) {
        long prompts = sum.prompts();
        List<ShareFiles.BatchFile> listed = files.files();
        long found = listed.stream().mapToLong(ShareFiles.BatchFile::prompts).sum();
        if (found != prompts) {
            throw new IllegalStateException("Files of what prompts add have " + found + " prompts, wanted " + prompts
                    + "; the run is not valid");
        }
        Broadcast<List<ShareFiles.BatchFile>> shared = context.broadcast(listed);
        List<EdgeRange> ranges = ranges(context);
        JavaRDD<EdgeSample> samples = context.parallelize(ranges, ranges.size())
                .map(new SampleRange(files, shared, bootstrap))
                .persist(StorageLevel.DISK_ONLY());
        try {
            double ofSum = scorer.ofSum(prompts);
            List<EdgeErrors> errors =
                    samples.map(sample -> sample.errors(ofSum)).collect();
            int replicates = samples.first().usable().length;
            ReplicateRanks ranks = new ReplicateRanks(scores, sizes.apply(scores), replicates);
            double[] counts = count(context, ranks, samples.flatMapToPair(new ReplicateParts(ofSum)));
            return new ScoredSample(
                    scores,
                    ScoreErrors.of(scores, errors, ranks.meanRanks(counts)),
                    ranks.sizes(),
                    ranks.inclusion(counts),
                    ranks.stability(counts),
                    groups == null
                            ? null
                            : grouped(
                                    context,
                                    files,
                                    shared,
                                    groups.without(sum.notes().unfit()),
                                    prompts));
        } finally {
            samples.unpersist();
            shared.destroy();
        }
    }

    private GroupScores grouped(
            JavaSparkContext context,
            ShareFiles files,
            Broadcast<List<ShareFiles.BatchFile>> listed,
            PromptGroups grouped,
            long prompts) {
        Broadcast<Map<Integer, List<Integer>>> ofBatches = context.broadcast(grouped.ofBatches());
        try {
            List<EdgeRange> ranges = ranges(context);
            List<EdgeGroups> found = context.parallelize(ranges, ranges.size())
                    .map(new GroupRange(
                            files, listed, ofBatches, grouped.names().size()))
                    .collect();
            return GroupScores.of(grouped.names(), graph.edgeCount(), found, scorer.ofSum(prompts), prompts);
        } finally {
            ofBatches.destroy();
        }
    }

    /** As few as memory allows and cores need. */
    private List<EdgeRange> ranges(JavaSparkContext context) {
        int edges = graph.edgeCount();
        long fit = Math.max(1, BYTES_AT_ONCE / ((long) Double.BYTES * (bootstrap.replicates() + 1)));
        int each = (edges - 1) / context.defaultParallelism() + 1;
        return EdgeRange.of(edges, (int) Math.min(fit, each));
    }

    /** What the rankings of all replicates say. */
    private static double[] count(
            JavaSparkContext context, ReplicateRanks ranks, JavaPairRDD<Integer, ReplicateParts.Part> parts) {
        if (ranks.replicates() == 0) {
            return new double[ranks.length()];
        }
        long bytes = (long) Float.BYTES * ranks.scores().size() * ranks.replicates();
        int tasks = Math.toIntExact(Math.max(context.defaultParallelism(), bytes / BYTES_AT_ONCE + 1));
        Broadcast<ReplicateRanks> shared = context.broadcast(ranks);
        try {
            JavaRDD<BatchVector> counted =
                    parts.groupByKey(tasks).mapPartitionsWithIndex(new RankReplicates(shared), false);
            return new SumOverBatches(Slices.of(ranks.length()), tasks)
                    .execute(counted)
                    .values();
        } finally {
            shared.destroy();
        }
    }
}
