package io.edgewise.spark.batch;

import io.edgewise.ablation.DatasetMean;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchVector;
import io.edgewise.spark.model.ExecutorModels;
import io.edgewise.spark.model.ModelSource;
import java.util.List;
import java.util.function.Function;

/**
 * A function that sums what every source writes at every position over each batch.
 *
 * @param positions tokens of the longest prompt of the data set
 */
public record SumActivations(ModelSource model, List<PromptSide> sides, int positions) implements BatchFunction {
    @Override
    public Function<BatchPieces, BatchVector> open() {
        PatchableModel loaded = ExecutorModels.get(model);
        return pieces -> DatasetMean.sums(loaded, pieces, sides, positions);
    }
}
