package io.edgewise.reduce;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The sum over a whole block of {@code 2^level} neighbouring batches, whose first index is a multiple of {@code 2^level}. Sums over batches
 * are built from such blocks, always in the same way.
 *
 * @param first index of the first batch
 * @param level 0 for one batch
 * @param prompts prompt pairs in the batches
 * @param sum one number for each summed quantity; the array is taken over, not copied
 * @param notes what was out of the ordinary
 */
@SuppressWarnings("ArrayRecordComponent")
public record BatchBlock(int first, int level, long prompts, double[] sum, BatchNotes notes) implements Serializable {
    /** The most levels that an index has room for. */
    public static final int MOST_LEVELS = 30;

    public BatchBlock {
        if (first < 0 || level < 0 || level > MOST_LEVELS || first % (1 << level) != 0) {
            throw new IllegalArgumentException(
                    "A block of 2^n batches begins at a multiple of 2^n, got n = " + level + " at " + first);
        }
    }

    /** The block of one batch, which takes over the batch's vector. */
    public static BatchBlock of(BatchVector batch) {
        return new BatchBlock(batch.batchIndex(), 0, batch.prompts(), batch.values(), batch.notes());
    }

    /** How many batches. */
    public long batches() {
        return 1L << level;
    }

    /** The index after the last batch. */
    public long end() {
        return first + batches();
    }

    /** The first batch of the sibling: the block that makes the next larger one together with this one. */
    int sibling() {
        return first ^ 1 << level;
    }

    /** The next larger block, of this one and its sibling; takes over the vectors of both. */
    BatchBlock with(BatchBlock sibling) {
        boolean isLeft = first < sibling.first;
        BatchBlock left = isLeft ? this : sibling;
        BatchBlock right = isLeft ? sibling : this;
        return new BatchBlock(
                left.first,
                level + 1,
                prompts + sibling.prompts,
                BatchTotal.addTo(left.sum, right.sum),
                left.notes.with(right.notes));
    }

    /** A copy of the elements from {@code start} to before {@code end}, of the same batches. */
    BatchBlock range(int start, int end) {
        return new BatchBlock(first, level, prompts, Arrays.copyOfRange(sum, start, end), notes);
    }
}
