package io.edgewise.circuit;

import java.io.Serializable;

/**
 * The answer of a model or a circuit on a prompt, at the last position of the output slice.
 *
 * @param difference mean logit of the right answers less that of the wrong ones; not a number where answers aren't used
 * @param token the most probable token
 * @param probability of that token
 */
public record Answer(double difference, int token, double probability) implements Serializable {}
