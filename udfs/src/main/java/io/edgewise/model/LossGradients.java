package io.edgewise.model;

/**
 * A loss, and its gradient with respect to the mask of every edge.
 *
 * @param loss one number
 * @param ofMasks one number per edge, in canonical order: for all prompts together, or for each prompt, {@code [prompt][edge]}
 */
@SuppressWarnings("ArrayRecordComponent")
public record LossGradients(double loss, double[][] ofMasks) {}
