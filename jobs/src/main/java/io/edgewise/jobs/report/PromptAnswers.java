package io.edgewise.jobs.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prompt pair, and what was answered on it.
 *
 * @param corrupt null where there is none
 * @param right the tokens that are right answers; empty where answers aren't tokens
 * @param wrong the tokens that are wrong answers
 * @param full what the whole model answers
 * @param circuits what circuits answer, by size
 */
public record PromptAnswers(
        String clean,
        @Nullable String corrupt,
        List<String> right,
        List<String> wrong,
        CircuitAnswer full,
        List<CircuitAnswer> circuits) {
    public PromptAnswers {
        right = List.copyOf(right);
        wrong = List.copyOf(wrong);
        circuits = List.copyOf(circuits);
    }
}
