package io.edgewise.pipeline;

import io.edgewise.reduce.BatchNotes;
import org.apache.spark.util.LongAccumulator;

/** Looks on while batches are worked on. */
public interface BatchWatch {
    /** Counts batches that are run; retried tasks count again. */
    LongAccumulator done();

    /**
     * Is told of batches that needn't run.
     *
     * @param batches that an earlier run finished
     */
    void resumed(int batches);

    /**
     * Is told of finished batches that are no use.
     *
     * @param files that are broken or from other hardware, so that their batches are run again
     */
    void unusable(int files);

    /**
     * Is told what was out of the ordinary.
     *
     * @param notes of all batches, once they are summed
     */
    void noted(BatchNotes notes);
}
