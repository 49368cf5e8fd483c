package io.edgewise.pipeline;

/**
 * How prompts are put into batches.
 *
 * @param batchSize prompt pairs in a full batch
 * @param pads whether prompts of all lengths run together, in their order, shorter ones with padding in front; else each batch has
 *     prompts of one length
 * @param sharesPrefix whether the tokens before the first difference between clean and corrupt, which must be the same in all prompts,
 *     are run only once
 * @param longest tokens of the longest prompt that fits into memory
 */
public record Batching(int batchSize, boolean pads, boolean sharesPrefix, int longest) {}
