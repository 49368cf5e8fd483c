package io.edgewise.pipeline;

import io.edgewise.graph.ModelGraph;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchNotes.Unfit;
import io.edgewise.reduce.BatchSum;
import io.edgewise.score.EdgeBlocks;
import io.edgewise.score.ExactPatching;
import io.edgewise.score.PruneScores;
import io.edgewise.spark.IndexRanges;
import io.edgewise.spark.PatchBatches;
import io.edgewise.spark.SpreadBatches;
import io.edgewise.spark.TimeForward;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * The job that patches each edge alone. As many runs as edges make a batch too much work for one task, so a task's share is a block of edges on a batch.
 * Blocks are summed, kept and resumed as batches are.
 */
public record PatchEdges(ModelGraph graph, ExactPatching scorer) {
    private static final int TASKS_PER_CORE = 4;

    private EdgeBlocks blocks() {
        return new EdgeBlocks(scorer.edges().in(graph));
    }

    /** How many seconds the job will take, from the time of a forward pass on the first batch. */
    public double seconds(PromptBatches.Result prompts, int modelBlocks) {
        JavaSparkContext context = context(prompts);
        try (StageNames names = StageNames.of(context, "exact: times a forward pass")) {
            double forward = prompts.batches()
                    .toJavaRDD()
                    .map(new TimeForward(prompts.model()))
                    .first();
            int together = Math.min(context.defaultParallelism(), spread().parts() * prompts.batchCount());
            return forward * blocks().forwards(graph, modelBlocks) * prompts.batchCount() / together;
        }
    }

    private SpreadBatches spread() {
        return new SpreadBatches(blocks().count());
    }

    private static JavaSparkContext context(PromptBatches.Result prompts) {
        return JavaSparkContext.fromSparkContext(
                prompts.batches().sparkSession().sparkContext());
    }

    /** The prompts as the job runs them: every batch once for each block of edges. */
    public PromptBatches.Result parts(PromptBatches.Result prompts) {
        SparkSession spark = prompts.batches().sparkSession();
        int count = Math.multiplyExact(spread().parts(), prompts.batchCount());
        int partitions = Math.max(
                1, Math.min(count, TASKS_PER_CORE * spark.sparkContext().defaultParallelism()));
        JavaRDD<PromptBatch> parts = prompts.batches()
                .toJavaRDD()
                .flatMapToPair(spread())
                .repartitionAndSortWithinPartitions(new IndexRanges(count, partitions))
                .values();
        Dataset<PromptBatch> batches = spark.createDataset(parts.rdd(), Encoders.javaSerialization(PromptBatch.class));
        return new PromptBatches.Result(
                batches,
                prompts.placed(),
                prompts.parsed(),
                prompts.model(),
                count,
                prompts.promptCount(),
                prompts.lengths(),
                prompts.rejectedCount());
    }

    /**
     * The scores.
     *
     * @param parts the prompts as {@link #parts} makes them
     * @throws IllegalStateException where a prompt didn't fit into memory: its share of some edges would be missing
     */
    public PruneScores execute(PromptBatches.Result parts, BatchWork work) {
        JavaSparkContext context = context(parts);
        Broadcast<ExactPatching> shared = context.broadcast(scorer);
        Broadcast<EdgeBlocks> blocks = context.broadcast(blocks());
        try {
            PatchBatches patch = new PatchBatches(parts.model(), shared, blocks, spread());
            BatchSum sum = work.sum(parts, scorer.stateLength(graph), patch);
            List<Unfit> unfit = sum.notes().unfit();
            if (!unfit.isEmpty()) {
                throw new IllegalStateException(
                        "A prompt of batch " + unfit.get(0).batch() / spread().parts()
                                + " didn't fit into memory; give executors more memory, or leave out the longest prompts");
            }
            return PruneScores.of(graph, scorer.finish(graph, sum.values(), sum.prompts()));
        } finally {
            shared.destroy();
            blocks.destroy();
        }
    }
}
