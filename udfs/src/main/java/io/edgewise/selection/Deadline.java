package io.edgewise.selection;

import java.time.Duration;

/** A time by which a search ends. */
record Deadline(long nanos) {
    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    boolean isOver() {
        return System.nanoTime() - nanos >= 0;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    /** The earlier time, by which one of so many equal shares of what is left is over. */
    Deadline share(int parts) {
        return in(left().dividedBy(parts));
    }
}
