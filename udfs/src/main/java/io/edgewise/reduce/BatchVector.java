package io.edgewise.reduce;

import java.io.Serializable;

/**
 * What one batch adds to a sum over batches.
 *
 * @param batchIndex the batch's place among all batches
 * @param prompts prompt pairs in the batch
 * @param values one number for each thing that is summed
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

    /** Nothing out of the ordinary. */
    public BatchVector(int batchIndex, int prompts, double[] values) {
        this(batchIndex, prompts, values, BatchNotes.NONE);
    }

    /** The same numbers with other notes. */
    public BatchVector with(BatchNotes others) {
        return new BatchVector(batchIndex, prompts, values, others);
    }
}
