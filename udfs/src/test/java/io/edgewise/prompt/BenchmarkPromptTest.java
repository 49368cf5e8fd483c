package io.edgewise.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of the MIB benchmark's data sets, each beside the pair that the benchmark makes of it. */
class BenchmarkPromptTest {
    private static final Tokenizer TOKENIZER =
            Tokenizer.read(Path.of("../conf/demo/model")).orElseThrow();

    private static final String IOI =
            """
            {"prompt": "After Laura and Tina arrived , Tina gave a pen to", "template": "After ...",
             "metadata": {"subject": "Tina", "indirect_object": "Laura", "object": "pen", "random_c": "Rose"},
             "choices": ["Laura", "Tina"], "answerKey": 0,
             "abc_counterfactual": {"prompt": "After Oscar and Rose arrived , Victor gave a pen to",
                                    "choices": ["Oscar", "Rose"], "answerKey": 0},
             "s2_io_flip_counterfactual": {"prompt": "After Laura and Tina arrived , Laura gave a pen to",
                                           "choices": ["Laura", "Tina"], "answerKey": 1}}""";

    private static final String ARITHMETIC =
            """
            {"prompt": "Mary left the store because", "operands": [1, 2], "operator": "+", "label": "Tina",
             "random_counterfactual": {"prompt": "John left the store because", "label": "Rose"}}""";

    private static final String CHOICE =
            """
            {"prompt": "Mary left the store because", "choices": {"label": [" Laura", " Tina"], "text": ["a", "b"]}, "answerKey": 1,
             "answerPosition_counterfactual": {"prompt": "John left the park because",
                 "choices": {"label": [" Laura", " Tina"], "text": ["b", "a"]}, "answerKey": 0},
             "symbol_counterfactual": {"prompt": "John left the store because",
                 "choices": {"label": [" Oscar", " Rose"], "text": ["a", "b"]}, "answerKey": 1}}""";

    private static String pair(String clean, String corrupt, String right, String wrong) {
        return "{\"clean\": \"" + clean + "\", \"corrupt\": \"" + corrupt + "\", \"answers\": [\"" + right
                + "\"], \"wrong_answers\": [\"" + wrong + "\"]}";
    }

    @Test
    void ioisSubjectIsTheWrongAnswerWhateverTheCounterfactual() {
        String clean = "After Laura and Tina arrived , Tina gave a pen to";
        same(IOI, null, pair(clean, "After Laura and Tina arrived , Laura gave a pen to", " Laura", " Tina"));
        same(
                IOI,
                "abc_counterfactual",
                pair(clean, "After Oscar and Rose arrived , Victor gave a pen to", " Laura", " Tina"));
    }

    @Test
    void ioisNamesAreThoseOfItsChoicesWhereItHasNoMetadata() {
        String bare = IOI.replaceAll("\"metadata\": \\{[^}]*},", "");
        assertThat(bare).isNotEqualTo(IOI);
        assertThat(usable(bare, null)).isEqualTo(usable(IOI, null));
        assertThat(usable(bare.replaceFirst("\"answerKey\": 0", "\"answerKey\": \"Laura\""), null))
                .isEqualTo(usable(IOI, null));
        String other = bare.replaceFirst("\"choices\": \\[\"Laura\", \"Tina\"]", "\"choices\": [\"Tina\", \"Laura\"]")
                .replaceFirst("\"answerKey\": 0", "\"answerKey\": 1");
        assertThat(usable(other, null)).isEqualTo(usable(IOI, null));
    }

    @Test
    void arithmeticsAnswersAreTheLabels() {
        same(ARITHMETIC, null, pair("Mary left the store because", "John left the store because", "Tina", "Rose"));
    }

    @Test
    void theCounterfactualsLabelIsTheWrongAnswerOfMultipleChoice() {
        String clean = "Mary left the store because";
        same(CHOICE, null, pair(clean, "John left the store because", " Tina", " Rose"));
        same(
                CHOICE.replace("\"answerKey\": 1,\n", "\"answerKey\": \" Tina\",\n"),
                null,
                pair(clean, "John left the store because", " Tina", " Rose"));
        same(CHOICE, "answerPosition_counterfactual", pair(clean, "John left the park because", " Tina", " Laura"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"symbol_counterfactual\": {} | symbol_counterfactual has no text as prompt",
                "\"symbol_counterfactual\": 5 | symbol_counterfactual is 5; wanted an object with a prompt",
                "\"symbol_counterfactual\": null | has no symbol_counterfactual; give --counterfactual, one of those it has: none",
                "\"a_counterfactual\": {}, \"b_counterfactual\": {} | one of those it has: a_counterfactual, b_counterfactual",
                "\"symbol_counterfactual\": {\"prompt\": \"b\"} | choices has no list of labels",
                "\"choices\": {\"label\": [\"A\"]}, \"symbol_counterfactual\": {\"prompt\": \"b\"} | answerKey is 7; wanted the"
                        + " number of a choice, from 0 to 0, or its label",
                "\"choices\": {\"label\": [[]]}, \"answerKey\": 0, \"symbol_counterfactual\": {\"prompt\": \"b\"} | label is a list;",
                "\"choices\": [1, 2, 3], \"s2_io_flip_counterfactual\": {\"prompt\": \"b\"} | has neither metadata with"
                        + " indirect_object nor two choices",
                "\"label\": 1.5, \"random_counterfactual\": {\"prompt\": \"b\"} | label is 1.5; wanted a text or a whole number"
            })
    void whatCannotBeUsedIsSetAsideWithAReason(String fields, String reason) {
        String key = fields.contains("answerKey") ? "" : "\"answerKey\": 7, ";
        assertThat(rejected("{\"prompt\": \"a\", " + key + fields + "}", null)).contains(reason.strip());
    }

    @Test
    void aCounterfactualThatIsNotThereIsNamedWithThoseThatAre() {
        assertThat(rejected(IOI, "symbol_counterfactual"))
                .isEqualTo(
                        "has no symbol_counterfactual; give --counterfactual, one of those it has: abc_counterfactual,"
                                + " s2_io_flip_counterfactual");
        assertThat(rejected(pair("a", "b", "c", "d"), "abc_counterfactual")).contains("leave out --counterfactual");
    }

    @Test
    void withoutACounterfactualThereIsACleanPromptWhereThatIsEnough() {
        PromptNeeds answers = PromptNeeds.answers(AnswerKind.TOKENS, "--answer-function avg_val");
        String alone = "{\"prompt\": \"Mary left the store because\", \"label\": \"Tina\"}";
        PromptPair pair = ((ParsedPrompt.Usable) parse(alone, null, answers)).pair();
        assertThat(pair.hasCorrupt()).isFalse();
        assertThat(pair.wrongAnswers()).isEqualTo(new Answers.Unused());
        assertThat(pair.answers()).isEqualTo(usable(ARITHMETIC, null).answers());
        assertThat(rejected(alone, null)).startsWith("has no random_counterfactual; give --counterfactual");
    }

    private static void same(String row, @Nullable String counterfactual, String pair) {
        assertThat(usable(row, counterfactual)).isEqualTo(usable(pair, null));
    }

    private static PromptPair usable(String json, @Nullable String counterfactual) {
        ParsedPrompt parsed = parse(json, counterfactual);
        assertThat(parsed).isInstanceOf(ParsedPrompt.Usable.class);
        return ((ParsedPrompt.Usable) parsed).pair();
    }

    private static String rejected(String json, @Nullable String counterfactual) {
        ParsedPrompt parsed = parse(json, counterfactual);
        assertThat(parsed).isInstanceOf(ParsedPrompt.Rejected.class);
        return ((ParsedPrompt.Rejected) parsed).reason();
    }

    private static ParsedPrompt parse(String json, @Nullable String counterfactual) {
        return parse(
                json, counterfactual, PromptNeeds.bothAnswers("--tests").and(PromptNeeds.corrupt("--method acdc")));
    }

    private static ParsedPrompt parse(String json, @Nullable String counterfactual, PromptNeeds needs) {
        PromptRules rules = new PromptRules(486, 486, 32, needs, length -> 1);
        return new PromptParser(TOKENIZER, BosRule.AUTO, rules, counterfactual).parse(PromptText.of(json));
    }
}
