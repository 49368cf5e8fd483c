package io.edgewise.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.Golden;
import io.edgewise.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTest {
    private static final Tokenizer TOKENIZER =
            Tokenizer.read(Path.of("../conf/demo/model")).orElseThrow();
    private static final String MARY =
            "{\"clean\": \"Mary left the store because\", \"corrupt\": \"John left the store because\","
                    + " \"answers\": [\" she\"], \"wrong_answers\": [\" he\"]}";

    @Test
    void textGetsABeginOfTextTokenAndAnswersDont() {
        PromptPair pair = usable(new PromptParser(TOKENIZER, BosRule.AUTO, rules(32)), MARY);
        assertThat(pair.clean()).hasSize(6).startsWith(0);
        assertThat(pair.clean().subList(2, 6)).isEqualTo(pair.corrupt().subList(2, 6));
        assertThat(((Answers.Tokens) pair.answers()).byPosition()).hasSize(1);
        assertThat(pair.answers()).isNotEqualTo(pair.wrongAnswers());
        assertThat(usable(new PromptParser(TOKENIZER, BosRule.TRUE, rules(32)), MARY))
                .isEqualTo(pair);
        assertThat(usable(new PromptParser(TOKENIZER, BosRule.FALSE, rules(32)), MARY)
                        .clean())
                .isEqualTo(pair.clean().subList(1, 6));
    }

    @Test
    void oneTextIsAListOfIt() {
        PromptParser parser = new PromptParser(TOKENIZER, BosRule.AUTO, rules(32));
        String alone = MARY.replaceAll("\\[|\\]", "");
        assertThat(alone).contains("\"answers\": \" she\"");
        assertThat(usable(parser, alone)).isEqualTo(usable(parser, MARY));
    }

    @Test
    void tokenIdsAreTakenAsTheyAre() {
        String ids = "{\"clean\": [5, 6], \"corrupt\": [7, 6], \"answers\": [8, 9], \"wrong_answers\": [10]}";
        assertThat(usable(new PromptParser(null, BosRule.AUTO, rules(32)), ids))
                .isEqualTo(PromptPair.of(List.of(5, 6), List.of(7, 6), List.of(8, 9), List.of(10)));
    }

    @Test
    void textWithoutATokenizerIsRejectedAndAPromptBeyondTheModelsPositionsToo() {
        assertThat(new PromptParser(null, BosRule.AUTO, rules(32)).parse(PromptText.of(MARY)))
                .isEqualTo(new ParsedPrompt.Rejected(
                        "clean is text, but the model directory has no tokenizer.json; give token ids"));
        assertThat(new PromptParser(TOKENIZER, BosRule.AUTO, rules(5)).parse(PromptText.of(MARY)))
                .isEqualTo(new ParsedPrompt.Rejected("has 6 tokens; the model reads at most 5"));
    }

    @Test
    void aBeginOfTextTokenThatIsNotThereCannotBeAskedFor() {
        assertThatThrownBy(() -> new PromptParser(null, BosRule.TRUE, rules(32)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--prepend-bos true wants a begin-of-text token");
    }

    @Test
    void deepNestingIsRejectedNotFollowed() {
        String deep = "[".repeat(100_000);
        assertThat(new PromptParser(null, BosRule.AUTO, rules(32)).parse(PromptText.of(deep)))
                .isInstanceOf(ParsedPrompt.Rejected.class);
    }

    @Test
    void aBatchsKeyIsThatOfItsTokens() {
        PromptPair pair = PromptPair.of(List.of(1, 2), List.of(1, 3), List.of(4), List.of(5));
        PromptPair shifted = PromptPair.of(List.of(1), List.of(2), List.of(1, 3, 4), List.of(5));
        PromptBatch batch = PromptBatch.of(0, List.of(pair));
        assertThat(batch.key())
                .hasSize(64)
                .isEqualTo(PromptBatch.of(7, List.of(pair)).key());
        assertThat(batch.key()).isNotEqualTo(PromptBatch.of(0, List.of(shifted)).key());
        assertThat(PromptBatch.of(0, List.of(pair, pair)).tokens(PromptSide.CORRUPT, 0))
                .containsExactly(1, 3, 1, 3);
    }

    @Test
    void pairsAndBatchesThatCannotRunCannotBeMade() {
        assertThatThrownBy(() -> PromptPair.of(List.of(1), List.of(1, 2), List.of(4), List.of(5)))
                .hasMessageContaining("got 1 and 2");
        PromptPair two = PromptPair.of(List.of(1, 2), List.of(1, 3), List.of(4), List.of(5));
        PromptPair one = PromptPair.of(List.of(1), List.of(3), List.of(4), List.of(5));
        assertThatThrownBy(() -> PromptBatch.of(0, List.of(two, one), 1))
                .hasMessage("A batch of 1 tokens can't hold prompts of [2, 1]");
    }

    @Test
    void shorterPromptsGetPaddingInFront() {
        PromptPair two = PromptPair.of(List.of(1, 2), List.of(1, 3), List.of(4), List.of(5));
        PromptPair one = PromptPair.of(List.of(1), List.of(3), List.of(4), List.of(5));
        PromptBatch batch = PromptBatch.of(0, List.of(two, one), 3);
        assertThat(batch.tokens(PromptSide.CLEAN, 9)).containsExactly(9, 1, 2, 9, 9, 1);
        assertThat(batch.pads()).containsExactly(1, 2);
        assertThat(batch.hasPads()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"padded", "kvcache"})
    void textsBecomeTheTokensThatAutoCircuitMakes(String variant) throws IOException {
        JsonNode golden = new ObjectMapper()
                .readTree(Golden.ROOT
                        .resolve("tiny-gpt2/batches_" + variant + ".json")
                        .toFile())
                .get("batches");
        for (PromptBatch batch : Golden.of("tiny-gpt2/" + variant).batches()) {
            for (PromptSide side : PromptSide.values()) {
                List<Long> expected = new ArrayList<>();
                golden.get(batch.index())
                        .get(side.name().toLowerCase(Locale.ROOT))
                        .forEach(prompt -> prompt.forEach(token -> expected.add(token.asLong())));
                // 2 is the tokenizer's padding.
                assertThat(batch.tokens(side, 2))
                        .containsExactly(
                                expected.stream().mapToLong(Long::longValue).toArray());
            }
        }
    }

    @Test
    void whatIsMissingIsMissedOnlyWhereAnOptionNeedsIt() {
        String clean = "{\"clean\": [5], \"corrupt\": null, \"answers\": [1], \"wrong_answers\": []}";
        PromptNeeds answers = PromptNeeds.answers(AnswerKind.TOKENS, "--answer-function avg_val");
        assertThat(usable(parser(answers), clean))
                .isEqualTo(new PromptPair(
                        List.of(5), List.of(), new Answers.Tokens(List.of(List.of(1))), new Answers.Unused()));
        assertThat(parser(answers.and(PromptNeeds.corrupt("--method acdc"))).parse(PromptText.of(clean)))
                .isEqualTo(new ParsedPrompt.Rejected("has no corrupt; --method acdc needs it"));
        assertThat(parser(answers.and(PromptNeeds.bothAnswers("--tests"))).parse(PromptText.of(clean)))
                .isEqualTo(new ParsedPrompt.Rejected("has no wrong_answers; --tests needs them"));
        String wrong = clean.replace("null", "[7]").replace("[]", "[1]");
        assertThat(parser(answers).parse(PromptText.of(wrong)))
                .isEqualTo(new ParsedPrompt.Rejected("token 1 is among the answers and the wrong_answers"));
    }

    @Test
    void optionsWhoseAnswersAreOfDifferentKindsDoNotGoTogether() {
        PromptNeeds numbers = PromptNeeds.answers(AnswerKind.VALUES, "--answer-function mse");
        assertThatThrownBy(() -> numbers.and(PromptNeeds.bothAnswers("--tests")))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--answer-function mse wants answers that are numbers, but --tests wants tokens; leave one out");
    }

    private static PromptParser parser(PromptNeeds needs) {
        return new PromptParser(null, BosRule.AUTO, new PromptRules(486, 486, 32, needs, length -> 1));
    }

    @Test
    void answersOfSeveralPositionsAreAListEach() {
        PromptRules two = new PromptRules(
                486, 486, 32, PromptNeeds.bothAnswers("--answer-function avg_diff"), length -> length - 1);
        PromptParser parser = new PromptParser(null, BosRule.AUTO, two);
        String prompt = "{\"clean\": [5, 6, 7], \"corrupt\": [7, 6, 7], \"answers\": %s, \"wrong_answers\": %s}";
        assertThat(usable(parser, String.format(prompt, "[[1], [2, 3]]", "[[1], [4]]"))
                        .answers())
                .isEqualTo(new Answers.Tokens(List.of(List.of(1), List.of(2, 3))));
        assertThat(parser.parse(PromptText.of(String.format(prompt, "[1]", "[[1], [4]]"))))
                .isEqualTo(new ParsedPrompt.Rejected("answers has answers for 1 position; the output slice has 2"));
        assertThat(parser.parse(PromptText.of(String.format(prompt, "[[1], [4]]", "[[1], [4]]"))))
                .isEqualTo(new ParsedPrompt.Rejected("answers and wrong_answers are the same tokens"));
        assertThat(parser.parse(PromptText.of(String.format(prompt, "[[1], 4]", "[[1], [4]]"))))
                .isEqualTo(new ParsedPrompt.Rejected("answers mixes lists and 4"));
        assertThat(parser.parse(
                        PromptText.of("{\"clean\": [5], \"corrupt\": [7], \"answers\": [1], \"wrong_answers\": [2]}")))
                .isEqualTo(new ParsedPrompt.Rejected("has 1 token; the output slice leaves out the first"));
    }

    @Test
    void answersThatAreNumbersAreOneOrOneForEachToken() {
        PromptRules rules = new PromptRules(
                486, 3, 32, PromptNeeds.answers(AnswerKind.VALUES, "--answer-function mse"), length -> 1);
        PromptParser parser = new PromptParser(null, BosRule.AUTO, rules);
        String prompt = "{\"clean\": [5], \"corrupt\": [7], \"answers\": %s}";
        assertThat(usable(parser, String.format(prompt, "[0.5, 1, -2]")).answers())
                .isEqualTo(new Answers.Values(List.of(List.of(0.5f, 1f, -2f))));
        assertThat(usable(parser, String.format(prompt, "[[0.5]]")).answers())
                .isEqualTo(new Answers.Values(List.of(List.of(0.5f))));
        assertThat(parser.parse(PromptText.of(String.format(prompt, "[0.5, 1]"))))
                .isEqualTo(new ParsedPrompt.Rejected("answers has 2 numbers; wanted one, or one for each of 3 tokens"));
        assertThat(parser.parse(PromptText.of(String.format(prompt, "[\"she\"]"))))
                .isEqualTo(new ParsedPrompt.Rejected("answers has a text; wanted a list of numbers"));
    }

    private static PromptRules rules(int positions) {
        return new PromptRules(486, 486, positions, PromptNeeds.bothAnswers("--tests"), length -> 1);
    }

    private static PromptPair usable(PromptParser parser, String json) {
        return ((ParsedPrompt.Usable) parser.parse(PromptText.of(json))).pair();
    }
}
