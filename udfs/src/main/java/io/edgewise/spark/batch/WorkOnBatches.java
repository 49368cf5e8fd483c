package io.edgewise.spark.batch;

import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchBlock;
import io.edgewise.spark.MappedIterator;
import io.edgewise.spark.kept.KeptBlocks;
import io.edgewise.spark.kept.KeptOrRun;
import java.util.Iterator;
import java.util.function.Function;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * A function that works on each batch, in order, except those that another attempt at the task finished.
 *
 * @param sizes how many prompts run at once
 * @param kept where finished batches are kept; null where they aren't
 * @param done counts batches for the progress bar only; batches of retried tasks count again
 */
public record WorkOnBatches(BatchFunction function, PieceSizes sizes, @Nullable KeptBlocks kept, LongAccumulator done)
        implements FlatMapFunction<Iterator<PromptBatch>, BatchBlock> {
    @Override
    public Iterator<BatchBlock> call(Iterator<PromptBatch> batches) {
        FittingBatches fitting = new FittingBatches(sizes, function.open());
        Function<PromptBatch, BatchBlock> run = batch -> BatchBlock.of(fitting.run(batch));
        Iterator<BatchBlock> blocks =
                kept == null ? new MappedIterator<>(batches, run) : new KeptOrRun(batches, kept, run);
        return new MappedIterator<>(blocks, block -> {
            done.add(block.batches());
            return block;
        });
    }
}
