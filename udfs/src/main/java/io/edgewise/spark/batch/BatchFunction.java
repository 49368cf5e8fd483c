package io.edgewise.spark.batch;

import io.edgewise.prompt.BatchPieces;
import io.edgewise.reduce.BatchVector;
import java.io.Serializable;
import java.util.BitSet;
import java.util.function.Function;

/** A function of one batch. */
@FunctionalInterface
public interface BatchFunction extends Serializable {
    /** Opens the function in a task: loads the model on the task's device. */
    Function<BatchPieces, BatchVector> open();

    /**
     * Called on the driver before any batch runs.
     *
     * @param finished indices of the batches that an earlier run finished
     */
    default void beginAfter(BitSet finished) {}
}
