package io.edgewise.circuit;

import java.io.Serializable;

/**
 * The answers of the whole model and a circuit on the same prompt.
 *
 * @param place of the prompt in the first batch
 * @param before the whole model's answer on the clean prompt
 * @param after the circuit's answer
 */
public record ShownAnswer(int place, Circuit circuit, Answer before, Answer after) implements Serializable {}
