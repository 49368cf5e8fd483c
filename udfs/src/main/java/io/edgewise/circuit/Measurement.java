package io.edgewise.circuit;

import java.io.Serializable;

/** The value of one metric for one circuit over all prompts. */
public record Measurement(Circuit circuit, String metric, double value, long prompts) implements Serializable {}
