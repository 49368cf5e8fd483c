package io.edgewise.circuit;

/**
 * One metric of one circuit on one prompt.
 *
 * @param place the prompt's place in its batch
 * @param value not a number where it isn't defined
 */
public record PromptMeasurement(Circuit circuit, String metric, int place, double value) {}
