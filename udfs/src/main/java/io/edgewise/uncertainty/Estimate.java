package io.edgewise.uncertainty;

import java.io.Serializable;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A number that depends on prompts, with its value in each replicate of the bootstrap. Whatever is computed from such numbers is computed in each
 * replicate too: numbers of the same prompts vary together, so the interval of a ratio doesn't follow from the intervals of its parts.
 *
 * @param value the value on the original prompts
 * @param replicates the values in the replicates, in their order; empty where there was no bootstrap
 */
public record Estimate(double value, List<Double> replicates) implements Serializable {
    public Estimate {
        replicates = List.copyOf(replicates);
    }

    /** An estimate without replicates. */
    public static Estimate of(double value) {
        return new Estimate(value, List.of());
    }

    /**
     * A function of several numbers of the same prompts.
     *
     * @param made the function of the numbers, in their order
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

    /** A function of this number alone. */
    public Estimate map(DoubleUnaryOperator made) {
        return of(List.of(this), number -> made.applyAsDouble(number[0]));
    }

    /** This number less another one of the same prompts. */
    public Estimate minus(Estimate other) {
        return of(List.of(this, other), numbers -> numbers[0] - numbers[1]);
    }

    /** Its interval; unknown without replicates. */
    public Interval interval() {
        return Bootstrap.interval(
                replicates.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
