package io.edgewise.model;

/**
 * How a loss changes, to first order, where what sources write is ablated.
 *
 * @param ofAll one number per node, or one per coordinate of each, row-major {@code [source, width]}
 * @param ofEach what each prompt adds to it, {@code [prompt][source, width]}; empty where that wasn't asked for
 */
@SuppressWarnings("ArrayRecordComponent")
public record NodeGradients(double[] ofAll, double[][] ofEach) {}
