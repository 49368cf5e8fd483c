package io.edgewise.spark.batch;

import io.edgewise.circuit.CircuitSweep;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.reduce.BatchVector;
import io.edgewise.spark.model.ExecutorModels;
import io.edgewise.spark.model.ModelSource;
import java.util.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * A function that runs and measures all circuits on each batch.
 *
 * @param sweep sent to each executor once
 */
public record SweepBatches(ModelSource model, Broadcast<CircuitSweep> sweep) implements BatchFunction {
    @Override
    public Function<BatchPieces, BatchVector> open() {
        PatchableModel loaded = ExecutorModels.get(model);
        return pieces -> sweep.value().measure(loaded, pieces);
    }
}
