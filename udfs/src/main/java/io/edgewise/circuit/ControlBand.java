package io.edgewise.circuit;

import io.edgewise.uncertainty.Bootstrap;
import io.edgewise.uncertainty.Interval;
import java.util.Arrays;

/**
 * What one metric is for random circuits beside a circuit.
 *
 * @param circuit the circuit
 * @param kind what the random ones have in common with it
 * @param mean over the random circuits; not a number where the metric isn't defined
 * @param interval between the 2.5th and the 97.5th percentile of the random circuits
 * @param shareAsGood the share of the random circuits whose value is at least as near to the whole model's as the circuit's is; not a number
 *     where the metric isn't defined
 * @param controls how many random circuits
 */
public record ControlBand(
        Circuit circuit,
        RandomCircuit.Kind kind,
        String metric,
        double mean,
        Interval interval,
        double shareAsGood,
        int controls) {

    /**
     * Of the values of some random circuits.
     *
     * @param circuit what the metric is for the circuit
     * @param whole what it is for the whole model
     * @param values of the random circuits
     */
    public static ControlBand of(Measurement circuit, double whole, RandomCircuit.Kind kind, double[] values) {
        double distance = Math.abs(circuit.value() - whole);
        boolean isDefined = !Double.isNaN(distance);
        long asGood = Arrays.stream(values)
                .filter(value -> Math.abs(value - whole) <= distance)
                .count();
        return new ControlBand(
                circuit.circuit(),
                kind,
                circuit.metric(),
                Arrays.stream(values).average().orElse(Double.NaN),
                Bootstrap.interval(values),
                isDefined ? (double) asGood / values.length : Double.NaN,
                values.length);
    }
}
