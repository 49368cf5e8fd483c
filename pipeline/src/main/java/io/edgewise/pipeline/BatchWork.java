package io.edgewise.pipeline;

import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchSum;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.reduce.SliceKey;
import io.edgewise.reduce.Slices;
import io.edgewise.spark.batch.BatchFunction;
import io.edgewise.spark.batch.PieceSizes;
import io.edgewise.spark.batch.Unfinished;
import io.edgewise.spark.batch.WorkOnBatches;
import io.edgewise.spark.kept.BlockName;
import io.edgewise.spark.kept.KeptBlocks;
import io.edgewise.spark.kept.ReadKept;
import io.edgewise.spark.kept.WholeBlocks;
import io.edgewise.spark.model.TaskHardware;
import io.edgewise.spark.reduce.SumNeighbours;
import java.util.BitSet;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * The work on every batch whose results are summed: its name, and where finished batches are kept. Batches that an earlier run kept there
 * are not run again, and the sum has the same bits.
 *
 * @param name the name of the work in Spark's web UI
 * @param keptIn a directory that every executor sees, for this work on these prompts alone; null keeps nothing
 * @param sizes how many prompts of a batch run at once
 * @param watch is called during the work
 */
public record BatchWork(String name, @Nullable String keptIn, PieceSizes sizes, BatchWatch watch) {

    /**
     * The sum over all batches.
     *
     * @param length how many numbers a batch has
     */
    BatchSum sum(PromptBatches.Result prompts, int length, BatchFunction function) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(
                prompts.batches().sparkSession().sparkContext());
        Slices slices = Slices.of(length);
        KeptBlocks kept = keptIn == null ? null : new KeptBlocks(keptIn, length, new TaskHardware(prompts.model()));
        List<BlockName> finished = kept == null ? List.of() : finished(context, kept);
        BitSet indices = new BitSet(prompts.batchCount());
        finished.forEach(block -> indices.set(block.first(), block.end()));
        function.beginAfter(indices);
        try (StageNames names = StageNames.of(context, name + " of " + prompts.batchCount() + " batches")) {
            WorkOnBatches work = new WorkOnBatches(function, sizes, kept, watch.done());
            JavaPairRDD<SliceKey, BatchTotal> parts = unfinished(prompts, indices)
                    .mapPartitions(work)
                    .mapPartitionsToPair(new SumNeighbours(slices, kept));
            if (kept != null && !finished.isEmpty()) {
                parts = parts.union(context.parallelize(finished)
                        .map(new ReadKept(kept))
                        .mapPartitionsToPair(new SumNeighbours(slices, null)));
            }
            BatchSum sum = new SumOverBatches(slices, prompts.batchCount()).ofParts(parts);
            watch.noted(sum.notes());
            return sum;
        }
    }

    /** The blocks that an earlier run finished. Files that are broken or from other hardware don't count. */
    private List<BlockName> finished(JavaSparkContext context, KeptBlocks kept) {
        List<BlockName> listed = kept.listed();
        if (listed.isEmpty()) {
            return listed;
        }
        try (StageNames names = StageNames.of(context, name + ": checks the batches that an earlier run finished")) {
            List<BlockName> whole =
                    context.parallelize(listed).filter(new WholeBlocks(kept)).collect();
            if (whole.size() < listed.size()) {
                watch.unusable(listed.size() - whole.size());
            }
            return BlockName.largest(whole);
        }
    }

    private JavaRDD<PromptBatch> unfinished(PromptBatches.Result prompts, BitSet finished) {
        JavaRDD<PromptBatch> batches = prompts.batches().toJavaRDD();
        if (finished.isEmpty()) {
            return batches;
        }
        watch.resumed(finished.cardinality());
        return batches.filter(new Unfinished(finished));
    }
}
