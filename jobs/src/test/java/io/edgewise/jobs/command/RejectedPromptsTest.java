package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.run.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bad prompt among good ones is set aside with a reason of its own, and the good ones are used. */
class RejectedPromptsTest {
    private static final String REST = "\"corrupt\": [0, 7, 6], \"answers\": [8], \"wrong_answers\": [9]}";
    private static final String GOOD = "{\"clean\": [0, 5, 6], " + REST;

    @TempDir
    private Path temporary;

    @Test
    void everyBadLineHasItsReason() throws IOException {
        List<String> lines = List.of(
                GOOD,
                "",
                "{\"clean\" 5}",
                GOOD + " and more",
                GOOD.replace("5", "NaN"),
                GOOD.replace("\"clean\"", "\"corrupt\": [1], \"clean\""),
                GOOD.replace("5", "5.5"),
                GOOD.replace("5", "99999999999999999999"),
                GOOD.replace("5", "-1"),
                GOOD.replace("5", "null"),
                GOOD.replace("[0, 5, 6]", "null"),
                GOOD.replace("[0, 5, 6]", "{\"a\": 1}"),
                GOOD.replace("[0, 5, 6]", "\"\""),
                GOOD.replace("[0, 5, 6]", "\"\\ud800 left\""),
                GOOD.replace("[0, 5, 6]", "\"" + "x".repeat(1_000_001) + "\""),
                GOOD.replace("[0, 5, 6]", "[0" + ", 5".repeat(39) + "]")
                        .replace("[0, 7, 6]", "[1" + ", 5".repeat(39) + "]"),
                GOOD.replace("[8]", "[]"),
                GOOD.replace("[8]", "[\" nosuchword\"]"),
                GOOD.replace("[8]", "[486]"),
                GOOD.replace("[8]", "[".repeat(1000)));
        Path prompts = temporary.resolve("p.jsonl");
        Files.writeString(prompts, String.join("\r\n", lines));
        List<String> reasons = reasons(prompts);
        assertThat(reasons)
                .hasSize(19)
                .startsWith(
                        "p.jsonl#1 is not a JSON object with clean, corrupt, answers and wrong_answers",
                        "p.jsonl#2 is not JSON: Unexpected character ('5' (code 53)): was expecting a colon to"
                                + " separate field name and value",
                        "p.jsonl#3 is not JSON: Unrecognized token 'and': was expecting (JSON String, Number, Array, Object"
                                + " or token 'null', 'true' or 'false')",
                        "p.jsonl#4 is not JSON: Non-standard token 'NaN': enable"
                                + " `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow",
                        "p.jsonl#5 is not JSON: Duplicate field 'corrupt'",
                        "p.jsonl#6 clean has 5.5; wanted text or a list of token ids",
                        "p.jsonl#7 clean has 99999999999999999999; wanted text or a list of token ids",
                        "p.jsonl#8 clean has token -1; the model knows 0 to 485",
                        "p.jsonl#9 clean has null; wanted text or a list of token ids",
                        "p.jsonl#10 clean is null; wanted text or a list of token ids",
                        "p.jsonl#11 clean is {\"a\":1}; wanted text or a list of token ids",
                        "p.jsonl#12 clean is empty",
                        "p.jsonl#13 clean has half of a surrogate pair, which is no character",
                        "p.jsonl#14 clean has 1000001 characters; a text has at most 1000000",
                        "p.jsonl#15 has 40 tokens; the model reads at most 32",
                        "p.jsonl#16 answers is empty",
                        "p.jsonl#17 answers has a word that the tokenizer doesn't know: \" nosuchword\"",
                        "p.jsonl#18 answers has token 486; the model knows 0 to 485");
        assertThat(reasons.get(18)).startsWith("p.jsonl#19 is not JSON: ").contains("epth (65) exceeds the maximum");
    }

    @Test
    void theyAreToldByTheKindOfReason() throws IOException {
        Path prompts = temporary.resolve("p.jsonl");
        Files.writeString(
                prompts,
                String.join(
                        "\n",
                        GOOD,
                        GOOD.replace("[8]", "[]"),
                        GOOD.replace("[8]", "[486]"),
                        GOOD.replace("[8]", "[487]"),
                        GOOD.replace("5", "4")));
        CommandRun run = CommandRun.of(
                "score",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                prompts.toString(),
                "--out",
                temporary.resolve("told").toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err())
                .contains(
                        "3 of 5 prompts can't be used: 2 (p.jsonl#2 answers has token 486; the model knows 0 to 485), 1"
                                + " (p.jsonl#1 answers is empty); rejected/ has all");
    }

    @Test
    void linesThatAreNotUtf8AreNotReadAsOtherCharacters() throws IOException {
        Path prompts = temporary.resolve("p.jsonl");
        List<byte[]> lines = List.of(
                ("\uFEFF" + GOOD + "\n").getBytes(StandardCharsets.UTF_8),
                (GOOD.replace("[8]", "[\"caf\u00e9\"]") + "\n").getBytes(StandardCharsets.ISO_8859_1),
                (GOOD.replace("[8]", "[\"\uFFFD\"]") + "\n").getBytes(StandardCharsets.UTF_8),
                GOOD.getBytes(StandardCharsets.UTF_16));
        for (byte[] line : lines) {
            Files.write(prompts, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        assertThat(reasons(prompts))
                .containsExactly(
                        "p.jsonl#1 is not UTF-8 at byte 59",
                        "p.jsonl#2 answers has a word that the tokenizer doesn't know: \"\uFFFD\"",
                        "p.jsonl#3 is not UTF-8 at byte 0");
    }

    @Test
    void rowsOfATableToo() {
        Path prompts = temporary.resolve("p.parquet");
        StructType schema = new StructType()
                .add("clean", DataTypes.BinaryType)
                .add("corrupt", DataTypes.StringType)
                .add("answers", DataTypes.createArrayType(DataTypes.BinaryType))
                .add("wrong_answers", DataTypes.createArrayType(DataTypes.StringType))
                .add("odd `name.", DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType));
        List<Row> rows = new ArrayList<>();
        for (String[] row : new String[][] {
            {"Mary left the store because", "John left the store because", " she", " he"},
            {"caf\u00e9", "John left the store because", " she", " he"},
            {"Mary left the store because", "John left the store because", "caf\u00e9", " he"},
            {"Mary left the store because", null, " she", " he"},
        }) {
            rows.add(RowFactory.create(
                    row[0].getBytes(StandardCharsets.ISO_8859_1),
                    row[1],
                    new byte[][] {row[2].getBytes(StandardCharsets.ISO_8859_1)},
                    new String[] {row[3]},
                    null));
        }
        System.setProperty("spark.master", "local[1]");
        try (Session session = Session.ofCommand("test")) {
            session.spark()
                    .createDataFrame(rows, schema)
                    .coalesce(1)
                    .write()
                    .mode(SaveMode.ErrorIfExists)
                    .parquet(prompts.toString());
        } finally {
            System.clearProperty("spark.master");
        }
        assertThat(reasons(prompts))
                .containsExactly(
                        "p.parquet#1 is not UTF-8",
                        "p.parquet#2 is not UTF-8",
                        "p.parquet#3 has no corrupt; --ablation-type RESAMPLE needs it");
    }

    private List<String> reasons(Path prompts) {
        Path out = temporary.resolve("out");
        CommandRun run = CommandRun.of(
                "score", "--model", CommandRun.MODEL, "--prompts", prompts.toString(), "--out", out.toString());
        assertThat(run.status()).as(run.err()).isZero();
        return CommandRun.table(out.resolve("rejected"), table -> table.orderBy("index").collectAsList().stream()
                .map(row -> row.getAs("origin") + " " + row.getAs("reason"))
                .toList());
    }
}
