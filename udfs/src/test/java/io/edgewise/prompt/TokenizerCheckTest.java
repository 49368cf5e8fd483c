package io.edgewise.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What made the native library end the process, or not come back, is refused before it gets there. */
class TokenizerCheckTest {
    @TempDir
    private Path temporary;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"pre_tokenizer\": {\"type\": \"FixedLength\", \"length\": 0} | has pieces of fixed length 0",
                "\"normalizer\": {\"type\": \"Precompiled\", \"precompiled_charsmap\": \"AAAA\"} | has a Precompiled",
                "\"normalizer\": {\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"Replace\", \"pattern\":"
                        + " {\"Regex\": \"^(([a-zA-Z ])+)+$y\"}, \"content\": \"x\"}]} | repeats a choice or a repetition",
                "\"pre_tokenizer\": {\"type\": \"Split\", \"pattern\": {\"Regex\": \"(.+.+)+$y\"}, \"behavior\":"
                        + " \"Isolated\", \"invert\": false} | repeats a choice or a repetition",
                "\"decoder\": {\"type\": \"Fuse\", \"x\": \"\\ud800\"} | has half of a surrogate pair",
                "\"decoder\": \"\\ud800\" | has half of a surrogate pair",
                "\"decoder\": {\"type\": \"Fuse\", \"\\ud800\": 1} | has half of a surrogate pair",
                "\"decoder\": {\"type\": \"Strip\", \"start\": 1e999} | has a number that is too large",
                "\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0, \"b\": 1, \"ab\": 2}, \"merges\": [\"a b\"],"
                        + " \"continuing_subword_prefix\": \"####\"} | has the merge \"a b\" without the",
                "\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0, \"b\": 1, \"ab\": 2}, \"merges\": [[\"a\", \"b\"]],"
                        + " \"continuing_subword_prefix\": \"####\"} | has the merge [\"a\",\"b\"] without the",
                "\"model\": {\"type\": \"WordPiece\", \"max_input_chars_per_word\": 18446744073709551615} | has words of up"
            })
    void aFileThatEndsTheProcess(String part, String message) {
        refused("{" + part + "}", message.strip());
    }

    @Test
    void aFileThatTakesAllTimeOrMemory() {
        refused(
                "{\"added_tokens\": [{\"content\": \"" + "x".repeat(2_000_000) + "\"}]}",
                "has added tokens of more than");
        String grows = "{\"type\": \"Replace\", \"pattern\": {\"String\": \"a\"}, \"content\": \"aaaaaaaaaa\"}";
        refused(
                "{\"normalizer\": {\"type\": \"Sequence\", \"normalizers\": [" + (grows + ",").repeat(9) + grows
                        + "]}}",
                "has replacements that make a text more than 1000 times longer");
        String part = "{\"type\": \"NFKC\"}";
        refused("{\"normalizer\": [" + (part + ",").repeat(200) + part + "]}", "has more than 100 parts");
    }

    @Test
    void whatIsNeverAskedForDoesntReachTheLibrary() throws IOException {
        JsonNode checked = TokenizerCheck.checked(
                StrictJson.parse("{\"model\": {}, \"post_processor\": {\"type\": 5}, \"truncation\": {\"stride\": -1},"
                        + " \"padding\": {\"strategy\": {\"Fixed\": 1000000000000}}}"),
                "x");
        assertThat(checked).isEqualTo(StrictJson.parse("{\"model\": {}}"));
    }

    @Test
    void aTokenizerThatHasNoTokensForATextRejectsItAlone() throws IOException {
        Files.writeString(
                temporary.resolve("tokenizer.json"),
                "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0, \"M\": 4294967295}, \"merges\": [],"
                        + " \"unk_token\": \"nosuch\"}}");
        PromptRules rules = new PromptRules(5, 5, 5, PromptNeeds.NOTHING, length -> 1);
        try (Tokenizer tokenizer = Tokenizer.read(temporary).orElseThrow()) {
            PromptParser parser = new PromptParser(tokenizer, BosRule.AUTO, rules);
            assertThat(parser.parse(PromptText.of("{\"clean\": \"aa\", \"corrupt\": [1, 2]}")))
                    .isEqualTo(new ParsedPrompt.Usable(
                            new PromptPair(List.of(0, 0), List.of(1, 2), new Answers.Unused(), new Answers.Unused())));
            assertThat(parser.parse(PromptText.of("{\"clean\": \"zz\", \"corrupt\": [1, 2]}")))
                    .isEqualTo(
                            new ParsedPrompt.Rejected("clean can't be made tokens: The tokenizer fails on a text: Unk"
                                    + " token `nosuch` not found in the vocabulary"));
            assertThat(parser.parse(PromptText.of("{\"clean\": \"Ma\", \"corrupt\": [1, 2]}")))
                    .isEqualTo(new ParsedPrompt.Rejected(
                            "clean can't be made tokens: The tokenizer fails on a text: integer overflow"));
        }
    }

    private static void refused(String json, String message) {
        assertThatThrownBy(() -> TokenizerCheck.checked(StrictJson.parse(json), "tokenizer.json"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }
}
