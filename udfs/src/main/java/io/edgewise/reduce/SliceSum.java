package io.edgewise.reduce;

import java.io.Serializable;

/**
 * One slice of the sum over batches.
 *
 * @param slice the slice's place among all slices
 * @param batches how many batches were summed
 * @param prompts prompt pairs in those batches
 * @param values one number for each element of the slice
 * @param notes what was out of the ordinary in those batches
 */
@SuppressWarnings("ArrayRecordComponent")
public record SliceSum(int slice, long batches, long prompts, double[] values, BatchNotes notes)
        implements Serializable {}
