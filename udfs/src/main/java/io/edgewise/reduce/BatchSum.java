package io.edgewise.reduce;

/**
 * The sum over all batches.
 *
 * @param values one number for each thing that is summed
 * @param prompts prompt pairs in all batches
 * @param notes what was out of the ordinary in them, in their order
 */
@SuppressWarnings("ArrayRecordComponent")
public record BatchSum(double[] values, long prompts, BatchNotes notes) {}
