package io.edgewise.pipeline;

import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.Slices;
import io.edgewise.score.EdgeErrors;
import io.edgewise.score.EdgeRange;
import io.edgewise.score.EdgeSample;
import io.edgewise.score.RankedScores;
import io.edgewise.score.ReplicateRanks;
import io.edgewise.score.ScoreErrors;
import io.edgewise.score.ScoredSample;
import io.edgewise.spark.share.RankReplicates;
import io.edgewise.spark.share.ReplicateParts;
import io.edgewise.spark.share.SampleRange;
import io.edgewise.spark.share.ShareFiles;
import io.edgewise.uncertainty.Bootstrap;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * The job that computes errors of scores, from the files of what prompts add. Each task reads the numbers of neighbouring edges and draws
 * the replicates, which are then put together and ranked one by one. So memory depends neither on the number of prompts nor on that of
 * replicates, and only the results for each edge come to the driver.
 *
 * @param listed the files of all batches, in their order
 * @param bootstrap the bootstrap; without replicates there are only standard errors
 * @param ofSum the factor from the sum of all prompts' shares to the score
 */
record DrawReplicates(ShareFiles files, List<ShareFiles.BatchFile> listed, Bootstrap bootstrap, double ofSum) {

    /**
     * Draws the replicates and computes the errors.
     *
     * @param scores the scores from all prompts
     * @param sizes the sizes of the circuits that are examined
     */
    ScoredSample execute(JavaSparkContext context, RankedScores scores, List<Integer> sizes) {
        Broadcast<List<ShareFiles.BatchFile>> shared = context.broadcast(listed);
        long bytes = (long) Double.BYTES * (bootstrap.replicates() + 2) + ShareFiles.bytesOfEdge(listed);
        List<EdgeRange> ranges = EdgeRange.fitting(files.edges(), bytes, context.defaultParallelism());
        JavaRDD<EdgeSample> samples = context.parallelize(ranges, ranges.size())
                .map(new SampleRange(files, shared, bootstrap))
                .persist(StorageLevel.DISK_ONLY());
        try {
            double unit = ofSum; // All that the executors need of this.
            List<EdgeErrors> errors = samples.map(sample -> sample.errors(unit)).collect();
            int usable = samples.map(sample -> sample.usable().length).first();
            ReplicateRanks ranks = new ReplicateRanks(scores, sizes, usable);
            double[] counts = count(context, ranks, samples.flatMapToPair(new ReplicateParts(ofSum)));
            return new ScoredSample(
                    scores,
                    ScoreErrors.of(scores, errors, ranks.meanRanks(counts)),
                    ranks.sizes(),
                    ranks.inclusion(counts),
                    ranks.stability(counts),
                    null);
        } finally {
            samples.unpersist();
            shared.destroy();
        }
    }

    /** The counts of how all replicates rank edges. */
    private static double[] count(
            JavaSparkContext context, ReplicateRanks ranks, JavaPairRDD<Integer, ReplicateParts.Part> parts) {
        if (ranks.replicates() == 0) {
            return new double[ranks.length()];
        }
        int tasks = EdgeRange.fitting(
                        ranks.scores().size(), (long) Float.BYTES * ranks.replicates(), context.defaultParallelism())
                .size();
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
