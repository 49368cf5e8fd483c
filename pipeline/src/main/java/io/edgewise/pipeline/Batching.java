package io.edgewise.pipeline;

/**
 * How prompts are put into batches.
 *
 * @param batchSize prompt pairs in a full batch
 * @param pads prompts of all lengths run together, shorter ones with padding in front, in the order of the prompts; else
 *     prompts of one length do
 * @param sharesPrefix the tokens before the first difference between clean and corrupt, which have to be the same in all
 *     prompts, are run once
 * @param longest tokens of a prompt that memory is there for
 */
public record Batching(int batchSize, boolean pads, boolean sharesPrefix, int longest) {}
