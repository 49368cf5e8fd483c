package io.edgewise.score.mask;

/**
 * What the size of the circuit adds to the loss of a step.
 *
 * @param value what it adds
 * @param edges how many edges the circuit has, in parts where masks lie between 0 and 1
 * @param gradient of the value by each parameter
 */
@SuppressWarnings("ArrayRecordComponent")
record SizeTerm(double value, double edges, double[] gradient) {}
