package io.edgewise.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewise.InputException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTest {
    private static final Tokenizer TOKENIZER =
            Tokenizer.read(Path.of("../conf/demo/model")).orElseThrow();
    private static final String MARY =
            "{\"clean\": \"Mary left the store because\", \"corrupt\": \"John left the store because\","
                    + " \"answers\": [\" she\"], \"wrong_answers\": [\" he\"]}";

    @Test
    void textGetsABeginOfTextTokenAndAnswersDont() {
        PromptPair pair = usable(new PromptParser(TOKENIZER, BosRule.AUTO, 486, 32), MARY);
        assertThat(pair.clean()).hasSize(6).startsWith(0);
        assertThat(pair.clean().subList(2, 6)).isEqualTo(pair.corrupt().subList(2, 6));
        assertThat(pair.answers()).hasSize(1).isNotEqualTo(pair.wrongAnswers());
        assertThat(usable(new PromptParser(TOKENIZER, BosRule.TRUE, 486, 32), MARY))
                .isEqualTo(pair);
        assertThat(usable(new PromptParser(TOKENIZER, BosRule.FALSE, 486, 32), MARY)
                        .clean())
                .isEqualTo(pair.clean().subList(1, 6));
    }

    @Test
    void tokenIdsAreTakenAsTheyAre() {
        String ids = "{\"clean\": [5, 6], \"corrupt\": [7, 6], \"answers\": [8, 9], \"wrong_answers\": [10]}";
        assertThat(usable(new PromptParser(null, BosRule.AUTO, 486, 32), ids))
                .isEqualTo(new PromptPair(List.of(5, 6), List.of(7, 6), List.of(8, 9), List.of(10)));
    }

    @Test
    void textWithoutATokenizerIsRejectedAndAPromptBeyondTheModelsPositionsToo() {
        assertThat(new PromptParser(null, BosRule.AUTO, 486, 32).parse(MARY))
                .isEqualTo(new ParsedPrompt.Rejected(
                        "clean is text, but the model directory has no tokenizer.json; give token ids"));
        assertThat(new PromptParser(TOKENIZER, BosRule.AUTO, 486, 5).parse(MARY))
                .isEqualTo(new ParsedPrompt.Rejected("has 6 tokens; the model reads at most 5"));
    }

    @Test
    void aBeginOfTextTokenThatIsNotThereCannotBeAskedFor() {
        assertThatThrownBy(() -> new PromptParser(null, BosRule.TRUE, 486, 32))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--prepend-bos true wants a begin-of-text token");
    }

    @Test
    void deepNestingIsRejectedNotFollowed() {
        String deep = "[".repeat(100_000);
        assertThat(new PromptParser(null, BosRule.AUTO, 486, 32).parse(deep)).isInstanceOf(ParsedPrompt.Rejected.class);
    }

    @Test
    void aBatchsKeyIsThatOfItsTokens() {
        PromptPair pair = new PromptPair(List.of(1, 2), List.of(1, 3), List.of(4), List.of(5));
        PromptPair shifted = new PromptPair(List.of(1), List.of(2), List.of(1, 3, 4), List.of(5));
        PromptBatch batch = PromptBatch.of(0, List.of(pair));
        assertThat(batch.key())
                .hasSize(64)
                .isEqualTo(PromptBatch.of(7, List.of(pair)).key());
        assertThat(batch.key()).isNotEqualTo(PromptBatch.of(0, List.of(shifted)).key());
        assertThat(PromptBatch.of(0, List.of(pair, pair)).tokens(PromptSide.CORRUPT))
                .containsExactly(1, 3, 1, 3);
    }

    @Test
    void pairsAndBatchesThatCannotRunCannotBeMade() {
        assertThatThrownBy(() -> new PromptPair(List.of(1), List.of(1, 2), List.of(4), List.of(5)))
                .hasMessageContaining("got 1 and 2");
        PromptPair two = new PromptPair(List.of(1, 2), List.of(1, 3), List.of(4), List.of(5));
        PromptPair one = new PromptPair(List.of(1), List.of(3), List.of(4), List.of(5));
        assertThatThrownBy(() -> PromptBatch.of(0, List.of(two, one))).hasMessageContaining("got [2, 1]");
    }

    private static PromptPair usable(PromptParser parser, String json) {
        return ((ParsedPrompt.Usable) parser.parse(json)).pair();
    }
}
