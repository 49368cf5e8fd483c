package io.edgewise.jobs.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.input.AutoCircuitJson;
import io.edgewise.prompt.AnswerKind;
import io.edgewise.prompt.BosRule;
import io.edgewise.prompt.ParsedPrompt;
import io.edgewise.prompt.PromptNeeds;
import io.edgewise.prompt.PromptParser;
import io.edgewise.prompt.PromptRules;
import io.edgewise.prompt.PromptText;
import io.edgewise.prompt.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptFuzzTest {
    private static final int LONGEST_REASON = 400;
    private static final Tokenizer TOKENIZER = Tokenizer.read(Wholes.MODEL).orElseThrow();

    private static final String TEXTS = "{\"clean\": \"Mary left the store because\", \"corrupt\":"
            + " \"John left the store because\", \"answers\": [\" she\"], \"wrong_answers\": [\" he\"]}";
    private static final String IDS =
            "{\"clean\": [5, 6, 7], \"corrupt\": [7, 6, 7], \"answers\": [[1], [2, 3]], \"wrong_answers\": [[4], [5]]}";
    private static final String BENCHMARK =
            "{\"prompt\": \"Mary left\", \"choices\": {\"label\": [\" she\", \" he\"]}, \"answerKey\": 1, \"symbol_counterfactual\":"
                    + " {\"prompt\": \"John left\", \"choices\": {\"label\": [\" she\", \" he\"]}, \"answerKey\": 0}}";
    private static final String NAMES =
            "{\"prompt\": \"Mary left\", \"choices\": [\"Mary\", \"John\"], \"answerKey\": \"John\", \"metadata\": {\"subject\": \"Mary\"},"
                    + " \"s2_io_flip_counterfactual\": {\"prompt\": \"John left\"}}";
    private static final String LABELS =
            "{\"prompt\": \"Mary left\", \"label\": 1, \"random_counterfactual\": {\"prompt\":"
                    + " \"John left\", \"label\": \" he\"}}";
    private static final String VALUES = "{\"clean\": [5, 6], \"corrupt\": [7, 6], \"answers\": [0.5, 1, -2]}";

    @TempDir
    private Path temporary;

    @Test
    void brokenPromptsAreUsedOrRejectedWithAReason() {
        List<PromptParser> parsers = new ArrayList<>();
        PromptNeeds all = PromptNeeds.bothAnswers("--metrics faithfulness").and(PromptNeeds.corrupt("--method acdc"));
        PromptNeeds numbers = PromptNeeds.answers(AnswerKind.VALUES, "--answer-function mse");
        for (PromptNeeds needs : List.of(all, numbers, PromptNeeds.NOTHING)) {
            for (int positions : List.of(1, 2)) {
                PromptRules rules = new PromptRules(486, 486, 32, needs, length -> positions);
                parsers.add(new PromptParser(TOKENIZER, BosRule.AUTO, rules));
                parsers.add(new PromptParser(null, BosRule.FALSE, rules));
                parsers.add(new PromptParser(TOKENIZER, BosRule.AUTO, rules, "random_counterfactual"));
            }
        }
        new Fuzz("prompts", 64 << 20)
                .run(
                        Stream.of(TEXTS, IDS, VALUES, BENCHMARK, NAMES, LABELS)
                                .map(Wholes::of)
                                .toList(),
                        Wholes.ofJson(),
                        input -> parsers.forEach(parser -> check(parser.parse(PromptText.of(input, input.length)))));
    }

    @Test
    void brokenPromptFilesAreReadOrRefused() {
        Path file = temporary.resolve("prompts.json");
        String whole = "{\"seq_labels\": [\"a\", \"b\"], \"word_idxs\": {\"x\": 1}, \"prompts\": [" + TEXTS + ", " + IDS
                + "], \"more\": {}}";
        new Fuzz("AutoCircuit JSON", 32 << 20).runOneOf(10, List.of(Wholes.of(whole)), Wholes.ofJson(), input -> {
            Files.write(file, input);
            AutoCircuitJson.seqLabels(file.toString());
            AutoCircuitJson.prompts(file.toString());
        });
    }

    private static void check(ParsedPrompt parsed) {
        if (parsed instanceof ParsedPrompt.Rejected rejected) {
            assertThat(rejected.reason()).isNotBlank().hasSizeLessThan(LONGEST_REASON);
        }
    }
}
