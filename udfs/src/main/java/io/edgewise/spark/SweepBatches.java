package io.edgewise.spark;

import io.edgewise.circuit.CircuitSweep;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchVector;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;

/**
 * Runs and measures all circuits on each batch.
 *
 * @param sweep sent to each executor once
 * @param sizes how many prompts run at once
 * @param done counts batches for the progress bar only; retried tasks count again
 */
public record SweepBatches(ModelSource model, Broadcast<CircuitSweep> sweep, PieceSizes sizes, LongAccumulator done)
        implements FlatMapFunction<Iterator<PromptBatch>, BatchVector> {
    @Override
    public Iterator<BatchVector> call(Iterator<PromptBatch> batches) {
        PatchableModel loaded = ExecutorModels.get(model);
        FittingBatches fitting =
                new FittingBatches(sizes, pieces -> sweep.value().measure(loaded, pieces));
        return new MappedIterator<>(batches, batch -> {
            BatchVector vector = fitting.run(batch);
            done.add(1);
            return vector;
        });
    }
}
