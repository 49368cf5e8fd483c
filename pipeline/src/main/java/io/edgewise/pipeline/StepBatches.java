package io.edgewise.pipeline;

import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchBlock;
import io.edgewise.reduce.BatchSum;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.reduce.Slices;
import io.edgewise.spark.batch.BatchFunction;
import io.edgewise.spark.batch.BatchPerPartition;
import io.edgewise.spark.batch.WorkOnBatches;
import io.edgewise.spark.reduce.PartitionRange;
import io.edgewise.spark.reduce.SumNeighbours;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * Batches that many steps go through. Each has a partition of its own and stays with the executors, so a step runs its own batches alone.
 */
final class StepBatches implements AutoCloseable {
    private final JavaRDD<PromptBatch> batches;
    private final BatchWork work;

    StepBatches(PromptBatches.Result prompts, BatchWork work) {
        this.work = work;
        batches = prompts.batches()
                .toJavaRDD()
                .keyBy(PromptBatch::index)
                .partitionBy(new BatchPerPartition(prompts.batchCount()))
                .values()
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    /**
     * The sum over some batches. It has the same bits on any cluster.
     *
     * @param end the batch after the last
     * @param length how many numbers a batch has
     */
    BatchSum sum(int first, int end, int length, BatchFunction function) {
        JavaRDD<PromptBatch> some = PartitionPruningRDD.create(batches.rdd(), new PartitionRange(first, end))
                .toJavaRDD();
        JavaRDD<BatchBlock> blocks = some.mapPartitions(
                new WorkOnBatches(function, work.sizes(), null, work.watch().done()));
        if (end - first > 1) {
            Slices slices = Slices.of(length);
            return new SumOverBatches(slices, end - first)
                    .ofParts(blocks.mapPartitionsToPair(new SumNeighbours(slices, null)));
        }
        List<BatchBlock> one = blocks.collect();
        BatchTotal total = new BatchTotal();
        one.forEach(total::add);
        return new BatchSum(total.finish(), total.prompts(), total.notes());
    }

    @Override
    public void close() {
        batches.unpersist();
    }
}
