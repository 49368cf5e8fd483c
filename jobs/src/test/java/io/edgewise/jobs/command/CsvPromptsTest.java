package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.prompt.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** EAP-IG's CSV files give what the same prompts in JSON give. */
class CsvPromptsTest {
    private static final int PROMPTS = 4;

    @TempDir
    private Path temporary;

    private CommandRun run(Path prompts, String out) {
        return CommandRun.of(
                "score",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                prompts.toString(),
                "--batch-size",
                "3",
                "--out",
                temporary.resolve(out).toString());
    }

    private byte[] scores(Path prompts, String out) throws IOException {
        CommandRun run = run(prompts, out);
        assertThat(run.status()).as(run.err()).isZero();
        return Files.readAllBytes(temporary.resolve(out).resolve(ScoreFile.NAME));
    }

    private Path write(String name, List<String> rows) throws IOException {
        return Files.writeString(temporary.resolve(name), String.join("\n", rows) + "\n");
    }

    @Test
    void tokenIdsOfAnswers() throws IOException {
        List<ObjectNode> prompts = DemoPrompts.first("ioi", PROMPTS);
        List<String> rows = new ArrayList<>(List.of(",clean,corrupted,corrupted_hard,correct_idx,incorrect_idx"));
        try (Tokenizer tokenizer = Tokenizer.read(Path.of(CommandRun.MODEL)).orElseThrow()) {
            for (ObjectNode prompt : prompts) {
                rows.add(String.join(
                        ",",
                        String.valueOf(rows.size()),
                        quoted(prompt.path("clean")),
                        quoted(prompt.path("corrupt")),
                        "\"unused, \"\"quoted\"\"\nand of two lines\"",
                        String.valueOf(id(tokenizer, prompt.path("answers"))),
                        String.valueOf(id(tokenizer, prompt.path("wrong_answers")))));
            }
        }
        assertThat(prompts.get(0).path("clean").asText()).contains(",");
        assertThat(scores(write("gpt2.csv", rows), "csv"))
                .isEqualTo(scores(DemoPrompts.write(prompts, temporary.resolve("ioi.json")), "json"));
    }

    @Test
    void theYearsAfterALabel() throws IOException {
        List<ObjectNode> prompts = DemoPrompts.first("greaterthan", PROMPTS);
        List<String> rows = new ArrayList<>(List.of("clean,corrupted,label"));
        for (ObjectNode prompt : prompts) {
            int first = Integer.parseInt(prompt.path("answers").get(0).asText().strip());
            rows.add(
                    prompt.path("clean").asText() + "," + prompt.path("corrupt").asText() + "," + (first - 1));
        }
        assertThat(scores(write("greater_than.csv", rows), "csv"))
                .isEqualTo(scores(DemoPrompts.write(prompts, temporary.resolve("years.json")), "json"));
    }

    @Test
    void rowsThatCannotBeUsedAreSetAside() throws IOException {
        String good = "Mary left the store because,John left the store because, she, he";
        Path prompts = temporary.resolve("p.csv");
        Files.write(
                prompts,
                String.join(
                                "\n",
                                "clean,corrupt,answers,wrong_answers",
                                good,
                                good + ",more",
                                "Mary left the store because",
                                good.replace("John", "J\u00f6hn"),
                                good.replace(", he", ","))
                        .getBytes(StandardCharsets.ISO_8859_1));
        CommandRun run = run(prompts, "rejected");
        assertThat(run.status()).as(run.err()).isZero();
        List<String> reasons = CommandRun.table(
                temporary.resolve("rejected/rejected"), table -> table.orderBy("index").collectAsList().stream()
                        .map(row -> row.getAs("origin") + " " + row.getAs("reason"))
                        .toList());
        assertThat(reasons)
                .containsExactly(
                        "p.csv#1 has not as many cells as the header",
                        "p.csv#2 has not as many cells as the header",
                        "p.csv#3 is not UTF-8",
                        "p.csv#4 has no wrong_answers; --answer-function avg_diff needs them");
        assertThat(run(write("none.csv", List.of("a,b", "1,2")), "none").complaints())
                .singleElement()
                .asString()
                .contains("No column clean in the header of ");
    }

    private static String quoted(JsonNode text) {
        return "\"" + text.asText() + "\"";
    }

    private static int id(Tokenizer tokenizer, JsonNode answers) {
        return tokenizer.encode(answers.get(0).asText()).get(0);
    }
}
