package io.edgewise.uncertainty;

import java.io.Serializable;

/**
 * A 95% interval of a number that depends on prompts, in that number's unit.
 *
 * @param low its lower end; not a number where there is no interval
 * @param high its upper end; not a number where there is no interval
 */
public record Interval(double low, double high) implements Serializable {
    /** The interval where nothing can be said. */
    public static final Interval UNKNOWN = new Interval(Double.NaN, Double.NaN);

    /** Whether a number is in it; nothing is in an unknown one. */
    public boolean holds(double number) {
        return low <= number && number <= high;
    }
}
