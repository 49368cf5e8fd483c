package io.edgewise.circuit;

import java.io.Serializable;

/** The value of one metric for one random circuit over all prompts. */
public record ControlMeasurement(RandomCircuit control, String metric, double value) implements Serializable {}
