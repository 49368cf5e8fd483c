package io.edgewise.jobs.results;

import org.jspecify.annotations.Nullable;

/** Numbers of a table that may be unknown. */
final class Known {
    private Known() {}

    /** The number, or null where it is not a number. */
    static @Nullable Double orNull(double number) {
        return Double.isNaN(number) ? null : number;
    }
}
