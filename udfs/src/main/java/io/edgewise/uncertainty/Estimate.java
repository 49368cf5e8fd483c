package io.edgewise.uncertainty;

import java.io.Serializable;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A number that depends on prompts, and what it is in each replicate of the bootstrap. What is computed of such numbers is computed in
 * each replicate too: numbers of the same prompts rise and fall together, so the interval of a ratio doesn't follow from those of its parts.
 *
 * @param value on the prompts as they are
 * @param replicates the values in the replicates, in their order; empty where there was no bootstrap
 */
public record Estimate(double value, List<Double> replicates) implements Serializable {
    public Estimate {
        replicates = List.copyOf(replicates);
    }

    /** Without replicates. */
    public static Estimate of(double value) {
        return new Estimate(value, List.of());
    }

    /**
     * What is made of several numbers of the same prompts.
     *
     * @param made of the numbers, in their order
     */
    public static Estimate of(List<Estimate> numbers, ToDoubleFunction<double[]> made) {
        int replicates = numbers.get(0).replicates.size();
        if (numbers.stream().anyMatch(number -> number.replicates.size() != replicates)) {
            throw new IllegalArgumentException("Numbers of the same prompts have as many replicates, got "
                    + numbers.stream().map(number -> number.replicates.size()).toList());
        }
        return new Estimate(
                made.applyAsDouble(numbers.stream().mapToDouble(Estimate::value).toArray()),
                IntStream.range(0, replicates)
                        .mapToObj(replicate -> made.applyAsDouble(numbers.stream()
                                .mapToDouble(number -> number.replicates.get(replicate))
                                .toArray()))
                        .toList());
    }

    /** What is made of this number alone. */
    public Estimate map(DoubleUnaryOperator made) {
        return of(List.of(this), number -> made.applyAsDouble(number[0]));
    }

    /** The number less another one of the same prompts. */
    public Estimate minus(Estimate other) {
        return of(List.of(this, other), numbers -> numbers[0] - numbers[1]);
    }

    /** Its interval; unknown without replicates. */
    public Interval interval() {
        return Bootstrap.interval(
                replicates.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
