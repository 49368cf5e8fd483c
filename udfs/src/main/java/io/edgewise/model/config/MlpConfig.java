package io.edgewise.model.config;

import java.io.Serializable;

/**
 * The MLPs of a decoder.
 *
 * @param width hidden width ({@code d_mlp}); 0 in a model of attention alone
 * @param isGated whether the activation multiplies another projection of the input
 * @param hasBias whether its projections have biases
 */
public record MlpConfig(int width, Activation activation, boolean isGated, boolean hasBias) implements Serializable {}
