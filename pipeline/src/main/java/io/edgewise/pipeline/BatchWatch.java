package io.edgewise.pipeline;

import io.edgewise.reduce.BatchNotes;
import org.apache.spark.util.LongAccumulator;

/** A listener to the work on batches. */
public interface BatchWatch {
    /** The counter of batches that are run; batches of retried tasks count again. */
    LongAccumulator done();

    /**
     * Called with how many batches needn't run.
     *
     * @param batches how many batches an earlier run finished
     */
    void resumed(int batches);

    /**
     * Called with how many files of finished batches can't be used.
     *
     * @param files how many files are broken or from other hardware; their batches are run again
     */
    void unusable(int files);

    /**
     * Called with what was out of the ordinary.
     *
     * @param notes the notes of all batches, once they are summed
     */
    void noted(BatchNotes notes);
}
