package io.edgewise.jobs.submission;

import java.util.List;

/**
 * What the check of a submission says about it.
 *
 * @param isError whether the benchmark can't take the submission as it is
 * @param text one line: what is wrong, where, and what to do
 */
public record Finding(boolean isError, String text) {
    static Finding error(String text) {
        return new Finding(true, text);
    }

    static Finding warning(String text) {
        return new Finding(false, text);
    }

    /** Whether there is an error among findings. */
    public static boolean hasError(List<Finding> findings) {
        return findings.stream().anyMatch(Finding::isError);
    }

    @Override
    public String toString() {
        return (isError ? "error: " : "warning: ") + text;
    }
}
