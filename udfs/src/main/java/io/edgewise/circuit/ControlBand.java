package io.edgewise.circuit;

import io.edgewise.uncertainty.Bootstrap;
import io.edgewise.uncertainty.Interval;
import java.util.Arrays;

/**
 * One metric of a circuit, compared with the same metric of random circuits.
 *
 * @param circuit the circuit that is compared
 * @param kind what the random circuits have in common with it
 * @param mean the mean over the random circuits; not a number where the metric isn't defined
 * @param interval from the 2.5th to the 97.5th percentile of the random circuits
 * @param shareAsGood the share of the random circuits whose value is at least as close to the whole model's as the circuit's is; not a
 *     number where the metric isn't defined
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
     * The band of some random circuits' values.
     *
     * @param circuit the metric of the circuit
     * @param whole the metric of the whole model
     * @param values the metric of the random circuits
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
