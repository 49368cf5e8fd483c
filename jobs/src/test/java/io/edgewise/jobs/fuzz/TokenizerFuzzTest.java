package io.edgewise.jobs.fuzz;

import io.edgewise.prompt.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library behind the tokenizer is native: what makes it abort ends the tests without a word. */
class TokenizerFuzzTest {
    private static final String TEXT = "Mary left the store, because she'd 12 euros  and\t\u00e9clairs \ud83d\ude00!\n";

    private static final String BPE = "{\"version\": \"1.0\", \"added_tokens\": [{\"id\": 6, \"content\": \"<s>\","
            + " \"single_word\": false, \"lstrip\": false, \"rstrip\": false, \"normalized\": false, \"special\": true}],"
            + " \"normalizer\": {\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"Prepend\", \"prepend\": \"_\"},"
            + " {\"type\": \"Replace\", \"pattern\": {\"String\": \" \"}, \"content\": \"_\"}, {\"type\": \"NFKC\"}]},"
            + " \"pre_tokenizer\": {\"type\": \"Sequence\", \"pretokenizers\": [{\"type\": \"Split\", \"pattern\":"
            + " {\"Regex\": \"(?i:'s|'t)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}{1,3}|\\\\s+(?!\\\\S)|\\\\s+\"},"
            + " \"behavior\": \"Isolated\", \"invert\": false}, {\"type\": \"ByteLevel\", \"add_prefix_space\": false,"
            + " \"trim_offsets\": true, \"use_regex\": false}]},"
            + " \"post_processor\": {\"type\": \"TemplateProcessing\", \"single\": [{\"SpecialToken\": {\"id\": \"<s>\","
            + " \"type_id\": 0}}, {\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}], \"pair\": [],"
            + " \"special_tokens\": {\"<s>\": {\"id\": \"<s>\", \"ids\": [6], \"tokens\": [\"<s>\"]}}},"
            + " \"decoder\": {\"type\": \"Sequence\", \"decoders\": [{\"type\": \"ByteFallback\"}, {\"type\": \"Fuse\"},"
            + " {\"type\": \"Strip\", \"content\": \" \", \"start\": 1, \"stop\": 0}]},"
            + " \"truncation\": {\"direction\": \"Right\", \"max_length\": 8, \"strategy\": \"LongestFirst\","
            + " \"stride\": 0}, \"padding\": {\"strategy\": {\"Fixed\": 8}, \"direction\": \"Right\","
            + " \"pad_to_multiple_of\": 2, \"pad_id\": 0, \"pad_type_id\": 0, \"pad_token\": \"a\"},"
            + " \"model\": {\"type\": \"BPE\", \"dropout\": null, \"unk_token\": \"a\","
            + " \"continuing_subword_prefix\": \"\", \"end_of_word_suffix\": \"\", \"fuse_unk\": false,"
            + " \"byte_fallback\": true, \"ignore_merges\": true, \"vocab\": {\"a\": 0, \"b\": 1, \"ab\": 2, \"M\": 3,"
            + " \"Ma\": 4, \"Mab\": 5}, \"merges\": [\"a b\", \"M a\", \"M ab\"]}}";
    private static final String UNIGRAM = "{\"pre_tokenizer\": {\"type\": \"Metaspace\", \"replacement\": \"_\","
            + " \"prepend_scheme\": \"always\", \"split\": true}, \"decoder\": {\"type\": \"Metaspace\","
            + " \"replacement\": \"_\", \"prepend_scheme\": \"always\", \"split\": true}, \"model\": {\"type\":"
            + " \"Unigram\", \"unk_id\": 0, \"byte_fallback\": true, \"vocab\": [[\"<unk>\", 0.0], [\"_\", -1.5],"
            + " [\"a\", -2.5], [\"ar\", -2.25]]}}";
    private static final String WORD_PIECE = "{\"normalizer\": {\"type\": \"BertNormalizer\", \"clean_text\": true,"
            + " \"handle_chinese_chars\": true, \"strip_accents\": null, \"lowercase\": true}, \"pre_tokenizer\":"
            + " {\"type\": \"BertPreTokenizer\"}, \"decoder\": {\"type\": \"WordPiece\", \"prefix\": \"##\", \"cleanup\":"
            + " true}, \"model\": {\"type\": \"WordPiece\", \"unk_token\": \"[UNK]\", \"continuing_subword_prefix\":"
            + " \"##\", \"max_input_chars_per_word\": 100, \"vocab\": {\"[UNK]\": 0, \"m\": 1, \"##ary\": 2, \"left\": 3}}}";

    @TempDir
    private Path temporary;

    @Test
    void brokenTokenizersAreReadOrRefused() {
        List<byte[]> wholes = List.of(
                Wholes.of(Wholes.MODEL.resolve("tokenizer.json")),
                Wholes.of(BPE),
                Wholes.of(UNIGRAM),
                Wholes.of(WORD_PIECE));
        Wholes.copyOfModel(temporary, List.of("tokenizer_config.json", "special_tokens_map.json"));
        new Fuzz("tokenizer.json", 64 << 20).run(wholes, Wholes.ofJson(), input -> read("tokenizer.json", input));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenizer_config.json", "special_tokens_map.json"})
    void brokenTokenizerConfigurationsAreReadOrRefused(String file) {
        Wholes.copyOfModel(temporary, List.of("tokenizer.json"));
        new Fuzz(file, 64 << 20)
                .run(List.of(Wholes.of(Wholes.MODEL.resolve(file))), Wholes.ofJson(), input -> read(file, input));
    }

    private void read(String file, byte[] input) throws IOException {
        Files.write(temporary.resolve(file), input);
        try (Tokenizer tokenizer = Tokenizer.read(temporary).orElseThrow()) {
            tokenizer.encode("");
            tokenizer.encode(TEXT);
        }
    }
}
