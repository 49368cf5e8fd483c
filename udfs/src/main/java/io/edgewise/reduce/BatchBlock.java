package io.edgewise.reduce;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The sum over a whole block of {@code 2^level} neighbouring batches, the first of which is a multiple of as many: what sums over
 * batches are built of, always in the same way.
 *
 * @param first index of the first batch
 * @param level 0 for one batch
 * @param prompts prompt pairs in the batches
 * @param sum one number for each thing that is summed; taken over, not copied
 * @param notes what was out of the ordinary
 */
@SuppressWarnings("ArrayRecordComponent")
public record BatchBlock(int first, int level, long prompts, double[] sum, BatchNotes notes) implements Serializable {
    /** What an index has room for. */
    public static final int MOST_LEVELS = 30;

    public BatchBlock {
        if (first < 0 || level < 0 || level > MOST_LEVELS || first % (1 << level) != 0) {
            throw new IllegalArgumentException(
                    "A block of 2^n batches begins at a multiple of 2^n, got n = " + level + " at " + first);
        }
    }

    /** One batch, whose vector is this block's from now on. */
    public static BatchBlock of(BatchVector batch) {
        return new BatchBlock(batch.batchIndex(), 0, batch.prompts(), batch.values(), batch.notes());
    }

    /** How many batches. */
    public long batches() {
        return 1L << level;
    }

    /** One after the last batch. */
    public long end() {
        return first + batches();
    }

    /** Where the block begins that makes, with this one, the next larger. */
    int sibling() {
        return first ^ 1 << level;
    }

    /** The next larger block; takes over the vectors of both. */
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

    /** The elements from {@code start} to before {@code end} of the same batches: a copy. */
    BatchBlock range(int start, int end) {
        return new BatchBlock(first, level, prompts, Arrays.copyOfRange(sum, start, end), notes);
    }
}
