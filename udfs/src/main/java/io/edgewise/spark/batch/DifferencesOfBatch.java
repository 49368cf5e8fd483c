package io.edgewise.spark.batch;

import io.edgewise.circuit.SetDifferences;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchVector;
import io.edgewise.spark.model.ExecutorModels;
import io.edgewise.spark.model.ModelSource;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * A function that runs all sets of edges on each batch and returns the prompts' answer differences.
 *
 * @param differences sent to each executor once
 * @param sizes how many prompts run at once
 */
public record DifferencesOfBatch(ModelSource model, Broadcast<SetDifferences> differences, PieceSizes sizes)
        implements Function<PromptBatch, BatchVector> {
    @Override
    public BatchVector call(PromptBatch batch) {
        PatchableModel loaded = ExecutorModels.get(model);
        return new FittingBatches(sizes, pieces -> differences.value().measure(loaded, pieces)).run(batch);
    }
}
