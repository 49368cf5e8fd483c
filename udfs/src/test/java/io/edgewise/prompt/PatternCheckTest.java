package io.edgewise.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternCheckTest {
    /** Those of GPT-2, Llama 3, Qwen 2, GPT-4o and DeepSeek V3, and others as they are written. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|"
                        + "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|"
                        + "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                        + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|"
                        + "\\s+(?!\\S)|\\s+",
                "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+|"
                        + " ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+",
                "\\p{N}{1,3}(?=(?:\\p{N}{3})*(?:\\P{N}|$))",
                "",
                " {2,}"
            })
    void patternsThatTokenizersAreMadeOfPass(String pattern) {
        assertThat(PatternCheck.fault(pattern)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(.+.+)+$\\b\\by",
                "^(([a-zA-Z ])+)+$y",
                "(a|a)*b",
                "((a|a))*b",
                "((a{99}){99}){99}",
                "(?:a?){50}b",
                "(?:(?:a+|b))*c",
                "(?:(a+)?)+c",
                ".*.*.*y",
                "(.*(.*(.*)))y",
                "(.*|x.*)(.*|y).*y",
                "a{1,3}+b"
            })
    void repetitionsInRepetitionsDont(String pattern) {
        assertThat(PatternCheck.fault(pattern)).isNotNull();
    }

    /** What would hide one from this reader, or is no pattern. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(x)\\1",
                "(?<n>a)\\k<n>",
                "(?x)(a#[\n+)+]",
                "[[:x](a+)+b]]",
                "[](a+)+b]",
                "[a&&[b]]",
                "\\c((a+)+",
                "(?(1)a)",
                "\\Q(\\E(a+)+",
                "(((",
                "a)b",
                "[a",
                "*a",
                "\\",
                "\\p{L"
            })
    void formsThatArentKnownDont(String pattern) {
        assertThat(PatternCheck.fault(pattern)).isNotNull();
    }
}
