package io.edgewise.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of EAP-IG's data sets, which become AutoCircuit's prompts. */
class EapIgPromptTest {
    private static final PromptPair PAIR = PromptPair.of(List.of(5, 6), List.of(7, 6), List.of(8, 9), List.of(10));

    private static ParsedPrompt parse(String answers) {
        PromptRules rules = new PromptRules(486, 486, 32, PromptNeeds.bothAnswers("--tests"), length -> 1);
        String row = "{\"clean\": [5, 6], \"corrupted\": [7, 6], \"corrupted_hard\": \"x\", " + answers + "}";
        return new PromptParser(null, BosRule.AUTO, rules).parse(PromptText.of(row));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"correct_idx\": [8, 9], \"incorrect_idx\": 10",
                "\"correct_idx\": \"[8, 9]\", \"incorrect_idx\": \"10\"",
                "\"answers\": \"['a', 'b']\", \"answers_idx\": \"[8, 9]\", \"corrupted_answers_idx\": \"[10]\"",
                "\"clean_answer_idx\": \"[8, 9.0]\", \"corrupted_answer_idx\": \"10.0\", \"label\": 1",
                "\"country_idx\": [8, 9], \"corrupted_country_idx\": 10",
                "\"answers\": [8, 9], \"wrong_answers\": [10]"
            })
    void tokenIdsAreTheAnswers(String answers) {
        assertThat(parse(answers)).isEqualTo(new ParsedPrompt.Usable(PAIR));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            "correct_idx": 8, "incorrect_idx": null | has no wrong_answers; --tests needs them
            "correct_idx": "she", "incorrect_idx": 9 | correct_idx is she; wanted a whole number
            "correct_idx": 8.5, "incorrect_idx": 9 | correct_idx is 8.5; wanted a whole number
            "correct_idx": 999, "incorrect_idx": 9 | answers has token 999; the model knows 0 to 485
            "label": 99 | label is 99; without wrong ids it is a year from 0 to 98, and the years of two digits after it are right
            "correct_idx": null | correct_idx is null; wanted a whole number
            "label": 52 | answers is text, but the model directory has no tokenizer.json; give token ids
            "plural": 1 | has no answers
            """)
    void whatIsWrongIsSaid(String answers, String reason) {
        assertThat(parse(answers)).isEqualTo(new ParsedPrompt.Rejected(reason));
    }

    @Test
    void theYearsAfterALabelAreRight() throws Exception {
        String row = "{\"clean\": \"a\", \"corrupted\": \"b\", \"label\": \"7\"}";
        var pair = EapIgPrompt.pair(io.edgewise.json.StrictJson.parse(row));
        assertThat(IntStream.range(0, 92)
                        .mapToObj(place -> pair.path("answers").get(place).asText()))
                .startsWith("08", "09", "10")
                .endsWith("98", "99");
        assertThat(pair.path("wrong_answers")).hasSize(8);
        assertThat(pair.path("wrong_answers").get(0).asText()).isEqualTo("00");
    }
}
