package io.edgewise.jobs.report;

import java.util.List;

/**
 * One line on how a study was made.
 *
 * @param parts what the line sums up, told to those who ask; may be empty
 */
public record Fact(String label, String value, List<Fact> parts) {
    public Fact {
        parts = List.copyOf(parts);
    }

    public Fact(String label, String value) {
        this(label, value, List.of());
    }
}
