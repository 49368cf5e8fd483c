package io.edgewise.spark;

import io.edgewise.ablation.DatasetMean;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchVector;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.LongAccumulator;

/**
 * Sums what every source writes at every position over each batch.
 *
 * @param positions of the longest prompt of the data set
 * @param sizes how many prompts run at once
 * @param done counts batches for the progress bar only; retried tasks count again
 */
public record SumActivations(
        ModelSource model, List<PromptSide> sides, int positions, PieceSizes sizes, LongAccumulator done)
        implements FlatMapFunction<Iterator<PromptBatch>, BatchVector> {
    @Override
    public Iterator<BatchVector> call(Iterator<PromptBatch> batches) {
        PatchableModel loaded = ExecutorModels.get(model);
        FittingBatches fitting =
                new FittingBatches(sizes, pieces -> DatasetMean.sums(loaded, pieces, sides, positions));
        return new MappedIterator<>(batches, batch -> {
            BatchVector vector = fitting.run(batch);
            done.add(1);
            return vector;
        });
    }
}
