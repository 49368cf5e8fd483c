package io.edgewise.pipeline;

import io.edgewise.graph.ModelGraph;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchNotes.Unfit;
import io.edgewise.reduce.BatchSum;
import io.edgewise.score.EdgeBlocks;
import io.edgewise.score.ExactPatching;
import io.edgewise.score.PruneScores;
import io.edgewise.score.ScoredSample;
import io.edgewise.spark.batch.PatchBatches;
import io.edgewise.spark.batch.TimeForward;
import io.edgewise.spark.reduce.IndexRanges;
import io.edgewise.spark.share.JoinShares;
import io.edgewise.spark.share.ShareFiles;
import io.edgewise.spark.share.SpreadBatches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

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
        return execute(parts, work, null);
    }

    /**
     * The scores and their errors.
     *
     * @param parts the prompts as {@link #parts} makes them
     * @param sampled how errors are made of what prompts add, and where its files are kept
     */
    public ScoredSample execute(PromptBatches.Result parts, SampleScores sampled) {
        JavaSparkContext context = context(parts);
        String keptIn = Objects.requireNonNull(sampled.work().keptIn(), "directory");
        ShareFiles ofParts = new ShareFiles(keptIn + "/parts", EdgeBlocks.SIZE);
        ShareFiles whole = new ShareFiles(keptIn, graph.edgeCount());
        PruneScores scores = execute(parts, sampled.work(), ofParts);
        Broadcast<EdgeBlocks> blocks = context.broadcast(blocks());
        try (StageNames names = StageNames.of(context, "exact: joins what prompts add to all edges")) {
            context.parallelize(byBatch(ofParts.files())).foreach(new JoinShares(ofParts, whole, blocks, spread()));
        } finally {
            blocks.destroy();
        }
        return sampled.drawn(context, whole, scores, parts.promptCount(), List.of());
    }

    private List<List<ShareFiles.BatchFile>> byBatch(List<ShareFiles.BatchFile> files) {
        Map<Integer, List<ShareFiles.BatchFile>> byBatch = new TreeMap<>();
        files.forEach(file -> byBatch.computeIfAbsent(file.batch() / spread().parts(), batch -> new ArrayList<>())
                .add(file));
        return List.copyOf(byBatch.values());
    }

    private PruneScores execute(PromptBatches.Result parts, BatchWork work, @Nullable ShareFiles shares) {
        JavaSparkContext context = context(parts);
        Broadcast<ExactPatching> shared = context.broadcast(scorer);
        Broadcast<EdgeBlocks> blocks = context.broadcast(blocks());
        try {
            PatchBatches patch = new PatchBatches(parts.model(), shared, blocks, spread(), shares);
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
