package io.edgewise.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.check.TaskEvidence.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskEvidenceTest {
    /** Expected by the formula: (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n), z = 1.959964. */
    @ParameterizedTest
    @CsvSource({
        "3, 4, 0.3006418, 0.9544127",
        "128, 128, 0.9708630, 1",
        "0, 10, 0, 0.2775328",
        "80, 100, 0.7111708, 0.8666331"
    })
    void theIntervalIsWilsons(int right, int prompts, double low, double high) {
        TaskEvidence evidence = new TaskEvidence(right, 0, prompts);
        assertThat(evidence.clean().low()).isCloseTo(low, within(1e-6));
        assertThat(evidence.clean().high()).isCloseTo(high, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({
        "100, 10, 100, SHOWN",
        "70, 65, 100, WEAK",
        "3, 1, 4, NOT_SHOWN", // three of four is what chance gives
        "55, 10, 100, NOT_SHOWN",
        "90, 90, 100, NOT_SHOWN",
        "20, 80, 100, NOT_SHOWN"
    })
    void theVerdictNeedsMoreThanChanceAndMoreThanTheCorruptPrompts(
            int clean, int corrupt, int prompts, Verdict verdict) {
        assertThat(new TaskEvidence(clean, corrupt, prompts).verdict()).isEqualTo(verdict);
    }

    @Test
    void withoutCorruptPromptsTheCleanOnesDecide() {
        TaskEvidence evidence = new TaskEvidence(80, Double.NaN, 100);
        assertThat(evidence.verdict()).isEqualTo(Verdict.SHOWN);
        assertThat(evidence.sentence())
                .isEqualTo("The prompts show the task: an answer beats the wrong answers on 80.0% of 100 clean prompts"
                        + " (95% interval 71.1 to 86.7); there are no corrupt ones to compare with");
        assertThat(new TaskEvidence(55, Double.NaN, 100).verdict()).isEqualTo(Verdict.NOT_SHOWN);
    }

    @Test
    void theSentenceHasTheNumbers() {
        assertThat(new TaskEvidence(80, 10, 100).sentence())
                .isEqualTo("The prompts show the task: an answer beats the wrong answers on 80.0% of 100 clean prompts"
                        + " (95% interval 71.1 to 86.7) and on 10.0% of the corrupt ones");
    }
}
