package io.edgewise.spark.batch;

import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.reduce.BatchVector;
import io.edgewise.score.mask.CleanLogits;
import io.edgewise.score.mask.MaskStep;
import io.edgewise.spark.model.ExecutorModels;
import io.edgewise.spark.model.ModelSource;
import java.util.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * A function that does one step of training masks on each batch.
 *
 * @param step sent to each executor once: it has a number for every edge
 * @param isTraining whether gradients are taken; else the faithfulness alone is measured
 */
public record TrainOnBatches(ModelSource model, Broadcast<MaskStep> step, boolean isTraining) implements BatchFunction {
    /** Of this JVM's tasks: the same batches come again in every epoch. */
    private static final CleanLogits CLEAN = new CleanLogits(64L << 20);

    @Override
    public Function<BatchPieces, BatchVector> open() {
        PatchableModel loaded = ExecutorModels.get(model);
        MaskStep taken = step.value();
        return pieces ->
                isTraining ? taken.gradients(loaded, pieces, CLEAN) : taken.faithfulness(loaded, pieces, CLEAN);
    }
}
