package io.edgewise.jobs.report;

import java.util.List;

/**
 * One line on how a study was made.
 *
 * @param parts the details that the line sums up, which the reader can open; may be empty
 */
public record Fact(String label, String value, List<Fact> parts) {
    public Fact {
        parts = List.copyOf(parts);
    }

    public Fact(String label, String value) {
        this(label, value, List.of());
    }
}
