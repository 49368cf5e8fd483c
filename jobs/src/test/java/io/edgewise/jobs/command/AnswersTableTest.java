package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep tells of its first prompts: {@code answers/}. */
class AnswersTableTest {
    @TempDir
    private static Path temporary;

    private static Path scores;

    @BeforeAll
    static void score() {
        scores = ScoredDemo.in(temporary).scores();
    }

    private static Path sweep(String name, String... options) {
        Path out = temporary.resolve(name);
        CommandRun swept =
                ScoredDemo.sweep(scores, out, CommandRun.with(options, "--limit", "64", "--edge-counts", "0,20,262"));
        assertThat(swept.status()).as(swept.err()).isZero();
        return out;
    }

    private static List<Row> answers(Path sweep) {
        return CommandRun.table(sweep.resolve("answers"), table -> table.orderBy("prompt", "requested_edges")
                .collectAsList());
    }

    /** The demo's tokens are words; their tokenizer gives them back without the space in front. */
    @Test
    void everyCircuitAnswersTheFirstPromptsInTheirOwnWords() throws IOException {
        List<Row> answers = answers(sweep("three", "--show-prompts", "3"));
        assertThat(answers).hasSize(3 * 3);
        JsonNode prompts = new ObjectMapper()
                .readTree(Files.readAllBytes(Path.of(CommandRun.IOI)))
                .get("prompts");
        for (int i = 0; i < answers.size(); i++) {
            Row row = answers.get(i);
            JsonNode prompt = prompts.get(128 + i / 3);
            assertThat(row.<String>getAs("clean")).isEqualTo(prompt.get("clean").asText());
            assertThat(row.<String>getAs("corrupt"))
                    .isEqualTo(prompt.get("corrupt").asText());
            assertThat(row.<String>getList(row.fieldIndex("answers")))
                    .containsExactly(prompt.get("answers").get(0).asText().strip());
            assertThat(row.<String>getList(row.fieldIndex("wrong_answers")))
                    .containsExactly(prompt.get("wrong_answers").get(0).asText().strip());
            assertThat(row.<Integer>getAs("requested_edges"))
                    .isEqualTo(List.of(0, 20, 262).get(i % 3));
            assertThat(row.<Double>getAs("token_prob")).isBetween(0.0, 1.0);
        }
    }

    @Test
    void theWholeCircuitAnswersAsTheWholeModelAndNoneOfItDoesNot() {
        List<Row> answers = answers(sweep("eight"));
        assertThat(answers).hasSize(8 * 3);
        int right = 0;
        for (Row row : answers) {
            boolean isWhole = row.<Integer>getAs("requested_edges") == 262;
            double difference = row.<Double>getAs("answer_diff") - row.<Double>getAs("full_answer_diff");
            if (isWhole) {
                assertThat(difference).isCloseTo(0, within(1e-4));
                assertThat(row.<String>getAs("token")).isEqualTo(row.getAs("full_token"));
                right += row.getAs("token")
                                .equals(row.getList(row.fieldIndex("answers")).get(0))
                        ? 1
                        : 0;
            } else if (row.<Integer>getAs("requested_edges") == 0) {
                assertThat(difference).isLessThan(-1);
            }
        }
        assertThat(right).isGreaterThan(5);
    }

    @Test
    void whereAnswersAreNotUsedTokensAreToldAlone() {
        Row row = answers(sweep("kl", "--metrics", "kl_div_clean")).get(0);
        assertThat(row.isNullAt(row.fieldIndex("answer_diff"))).isTrue();
        assertThat(row.isNullAt(row.fieldIndex("answers"))).isTrue();
        assertThat(row.<String>getAs("token")).isNotEmpty();
    }

    @Test
    void noneAreToldWhereNoneAreWanted() {
        assertThat(sweep("none", "--show-prompts", "0")).isDirectoryNotContaining("glob:**/answers");
        CommandRun refused = ScoredDemo.sweep(scores, temporary.resolve("no"), "--show-prompts", "-1");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.complaints()).containsExactly("edgewise: --show-prompts must be 0 or more, got -1");
    }
}
