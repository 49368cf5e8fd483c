package io.edgewise.jobs.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long work waits for an executor.
 *
 * @param word after how long it says so for the first time; each later time, when it has waited twice as long
 * @param end after how long it gives up; null for never
 */
public record Patience(Duration word, @Nullable Duration end) {
    /** Says so after a minute, and waits: on a busy cluster a job's turn comes. */
    public static final Patience ENDLESS = new Patience(Duration.ofMinutes(1), null);

    /** The same, up to an end. */
    public Patience until(Duration last) {
        return new Patience(word, last);
    }

    boolean endsAt(Duration waited) {
        return end != null && waited.compareTo(end) >= 0;
    }
}
