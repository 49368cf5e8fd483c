package io.edgewise.reduce;

/**
 * The sum over all batches.
 *
 * @param values one number for each summed quantity
 * @param prompts prompt pairs in all batches
 * @param notes what was out of the ordinary in the batches, in their order
 */
@SuppressWarnings("ArrayRecordComponent")
public record BatchSum(double[] values, long prompts, BatchNotes notes) {}
