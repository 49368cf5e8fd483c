package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.jobs.run.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the MIB benchmark's data sets: the demo's IOI prompts in its fields, beside themselves. */
class BenchmarkPromptsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PROMPTS = 8;

    @TempDir
    private Path temporary;

    @Test
    void scoresAreThoseOfTheSamePairsFromEachKindOfFile() throws IOException {
        Path own = score(CommandRun.IOI, "own", "--limit", String.valueOf(PROMPTS));
        ArrayNode rows = rows();
        Path list = Files.writeString(temporary.resolve("list.json"), rows.toString());
        Path lines = lines(rows);
        Path table = table(lines);
        assertThat(score(list.toString(), "of-json")).hasSameBinaryContentAs(own);
        assertThat(score(lines.toString(), "of-lines")).hasSameBinaryContentAs(own);
        assertThat(score(table.toString(), "of-table")).hasSameBinaryContentAs(own);
    }

    @Tag("slow")
    @Test
    void anotherCounterfactualGivesOtherScoresAndIsInTheManifest() throws IOException {
        ArrayNode rows = rows();
        rows.forEach(row -> ((ObjectNode) row)
                .putObject("same_names_counterfactual")
                .put("prompt", row.get("prompt").asText().replaceFirst("^\\w+", "Then")));
        String lines = lines(rows).toString();
        Path other = score(lines, "other", "--counterfactual", "same_names_counterfactual");
        assertThat(Files.readAllBytes(other)).isNotEqualTo(Files.readAllBytes(score(lines, "usual")));
        JsonNode manifest = JSON.readTree(other.resolveSibling("manifest.json").toFile());
        assertThat(manifest.at("/options/counterfactual").asText()).isEqualTo("same_names_counterfactual");
    }

    @Test
    void aCounterfactualThatNoPromptHasIsOneLineWithThoseThatThereAre() throws IOException {
        WrongInput wrong = new WrongInput(temporary);
        wrong.refused(
                "has no abc_counterfactual; give --counterfactual, one of those it has: s2_io_flip_counterfactual",
                wrong.score("--prompts", lines(rows()).toString(), "--counterfactual", "abc_counterfactual"));
        wrong.refused("leave out --counterfactual", wrong.score("--counterfactual", "abc_counterfactual"));
    }

    /** Text within a struct is checked as text in a column is. */
    @Test
    void aRowOfATableWithBytesThatAreNoTextIsSetAside() throws IOException {
        Path broken = temporary.resolve("broken.parquet");
        System.setProperty("spark.master", "local[1]");
        try (Session session = Session.ofCommand("test")) {
            Dataset<Row> rows = session.spark().read().json(lines(rows()).toString());
            rows.withColumn(
                            "metadata",
                            functions
                                    .col("metadata")
                                    .withField(
                                            "object",
                                            functions.when(
                                                    functions
                                                            .col("metadata.subject")
                                                            .equalTo("Tina"),
                                                    functions.unhex(functions.lit("FF")))))
                    .coalesce(1)
                    .write()
                    .parquet(broken.toString());
        } finally {
            System.clearProperty("spark.master");
        }
        Path out = score(broken.toString(), "without-broken").resolveSibling("rejected");
        List<String> reasons = CommandRun.table(out, table -> table.collectAsList().stream()
                .map(row -> row.<String>getAs("reason"))
                .toList());
        assertThat(reasons).isNotEmpty().containsOnly("is not UTF-8");
    }

    private Path score(String prompts, String name, String... options) {
        Path out = temporary.resolve(name);
        String[] score = {"score", "--model", CommandRun.MODEL, "--prompts", prompts, "--out", out.toString()};
        CommandRun.done(CommandRun.with(score, options));
        return out.resolve(ScoreFile.NAME);
    }

    /** The demo's first prompts in the benchmark's fields. */
    private static ArrayNode rows() throws IOException {
        JsonNode prompts = JSON.readTree(Path.of(CommandRun.IOI).toFile()).get("prompts");
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < PROMPTS; i++) {
            JsonNode pair = prompts.get(i);
            ObjectNode row = rows.addObject();
            row.set("prompt", pair.get("clean"));
            row.putObject("metadata")
                    .put("indirect_object", pair.at("/answers/0").asText().strip())
                    .put("subject", pair.at("/wrong_answers/0").asText().strip());
            row.putObject("s2_io_flip_counterfactual").set("prompt", pair.get("corrupt"));
        }
        return rows;
    }

    private Path lines(ArrayNode rows) throws IOException {
        String lines = StreamSupport.stream(rows.spliterator(), false)
                .map(JsonNode::toString)
                .collect(Collectors.joining("\n"));
        return Files.writeString(temporary.resolve("ioi.jsonl"), lines);
    }

    private Path table(Path lines) {
        Path table = temporary.resolve("ioi.parquet");
        System.setProperty("spark.master", "local[1]");
        try (Session session = Session.ofCommand("test")) {
            session.spark().read().json(lines.toString()).coalesce(1).write().parquet(table.toString());
        } finally {
            System.clearProperty("spark.master");
        }
        return table;
    }
}
