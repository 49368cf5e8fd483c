package io.edgewise.reduce;

/**
 * The sum over all batches.
 *
 * @param values one number for each thing that is summed
 * @param prompts prompt pairs in all batches
 */
@SuppressWarnings("ArrayRecordComponent")
public record BatchSum(double[] values, long prompts) {}
