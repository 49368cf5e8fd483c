package io.edgewise.reduce;

import java.io.Serializable;

/**
 * What one batch adds to a sum over batches.
 *
 * @param batchIndex the batch's place among all batches
 * @param prompts prompt pairs in the batch
 * @param values one number for each summed quantity
 * @param notes what was out of the ordinary
 */
@SuppressWarnings("ArrayRecordComponent")
public record BatchVector(int batchIndex, int prompts, double[] values, BatchNotes notes) implements Serializable {
    public BatchVector {
        if (batchIndex < 0 || prompts < 1) {
            throw new IllegalArgumentException("A batch has an index from 0 and at least one prompt, got index "
                    + batchIndex + " and " + prompts + " prompts");
        }
    }

    /** A vector without notes. */
    public BatchVector(int batchIndex, int prompts, double[] values) {
        this(batchIndex, prompts, values, BatchNotes.NONE);
    }

    /** This vector with other notes. */
    public BatchVector with(BatchNotes others) {
        return new BatchVector(batchIndex, prompts, values, others);
    }
}
