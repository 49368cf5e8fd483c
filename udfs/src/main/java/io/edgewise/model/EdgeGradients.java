package io.edgewise.model;

/**
 * The gradient of a loss with respect to the mask of every edge.
 *
 * @param ofAll one number per edge, in canonical order
 * @param ofEach what each prompt adds to it, {@code [prompt][edge]}; empty where that wasn't asked for
 */
@SuppressWarnings("ArrayRecordComponent")
public record EdgeGradients(double[] ofAll, double[][] ofEach) {}
