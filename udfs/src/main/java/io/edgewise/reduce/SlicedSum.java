package io.edgewise.reduce;

import org.jspecify.annotations.Nullable;

/**
 * The sum over all batches, put together from its slices, which must come in order. It checks that each slice is the sum of all batches. It
 * takes no memory before the first slice comes.
 */
public final class SlicedSum {
    private final Slices slices;
    private final int batchCount;
    private double[] values = {};
    private BatchNotes notes = BatchNotes.NONE;
    private int next;
    private @Nullable Long prompts;

    /** @param batchCount how many batches there are */
    public SlicedSum(Slices slices, int batchCount) {
        this.slices = slices;
        this.batchCount = batchCount;
    }

    /**
     * Takes the next slice.
     *
     * @throws IllegalStateException where it isn't the next slice, or isn't the sum of all batches
     */
    public void add(SliceSum sum) {
        require(sum.slice() == next, "Slice " + next + " of " + slices.count() + " is missing: got " + sum.slice());
        String which = "Slice " + next + " of " + slices.count() + " has ";
        int start = slices.start(next);
        int length = slices.end(next) - start;
        require(sum.values().length == length, which + sum.values().length + " numbers, wanted " + length);
        require(sum.batches() == batchCount, which + sum.batches() + " batches, wanted " + batchCount);
        require(
                prompts == null || prompts == sum.prompts(),
                which + sum.prompts() + " prompts, the slices before it " + prompts);
        if (next == 0) {
            notes = sum.notes();
            values = new double[slices.length()];
        }
        System.arraycopy(sum.values(), 0, values, start, length);
        prompts = sum.prompts();
        next++;
    }

    /**
     * The whole sum.
     *
     * @throws IllegalStateException where a slice is missing
     */
    public BatchSum finish() {
        if (prompts == null || next != slices.count()) {
            throw new IllegalStateException(
                    "The sum has " + next + " slices, wanted " + slices.count() + "; the run is not valid");
        }
        return new BatchSum(values, prompts, notes);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise + "; the run is not valid");
        }
    }
}
