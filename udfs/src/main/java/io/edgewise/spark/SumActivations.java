package io.edgewise.spark;

import io.edgewise.ablation.DatasetMean;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchVector;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Sums what every source writes at every position over each batch.
 *
 * @param positions of the longest prompt of the data set
 */
public record SumActivations(ModelSource model, List<PromptSide> sides, int positions)
        implements FlatMapFunction<Iterator<PromptBatch>, BatchVector> {
    @Override
    public Iterator<BatchVector> call(Iterator<PromptBatch> batches) {
        PatchableModel loaded = ExecutorModels.get(model);
        return new MappedIterator<>(batches, batch -> DatasetMean.sums(loaded, batch, sides, positions));
    }
}
