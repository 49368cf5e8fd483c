package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.jobs.run.Session;
import io.edgewise.prompt.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables whose prompts were made tokens before, in the columns that the text encoder of DJL's Spark extension writes. */
class EncodedPromptsTest {
    private static final ArrayType LONGS = DataTypes.createArrayType(DataTypes.LongType);
    private static final StructType ENCODING =
            new StructType().add("ids", LONGS).add("type_ids", LONGS).add("attention_mask", LONGS);
    private static final StructType SCHEMA = new StructType()
            .add("clean", ENCODING)
            .add("corrupt", ENCODING)
            .add("answers", DataTypes.createArrayType(DataTypes.StringType))
            .add("wrong_answers", DataTypes.createArrayType(DataTypes.StringType));
    private static final int PROMPTS = 6;

    @TempDir
    private Path temporary;

    @Test
    void scoresAreThoseOfTheTextsWhereverThePaddingStands() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (Tokenizer tokenizer = Tokenizer.read(Path.of(CommandRun.MODEL)).orElseThrow()) {
            for (JsonNode prompt : demoPrompts()) {
                int padding = rows.size() % 3;
                rows.add(RowFactory.create(
                        padded(tokenizer, prompt.get("clean").asText(), padding, 0),
                        padded(tokenizer, prompt.get("corrupt").asText(), 2 - padding, padding),
                        texts(prompt.get("answers")),
                        texts(prompt.get("wrong_answers"))));
            }
        }
        Path table = write(rows);
        Path texts = temporary.resolve("texts");
        score(CommandRun.IOI, "6", texts);
        Path encoded = temporary.resolve("encoded");
        score(table.toString(), "6", encoded);
        assertThat(encoded.resolve(ScoreFile.NAME)).hasSameBinaryContentAs(texts.resolve(ScoreFile.NAME));
    }

    @Test
    void rowsThatCannotBeUsedAreSetAside() throws IOException {
        Row good = encoding(LongStream.of(5, 6, 7), LongStream.of(1, 1, 0));
        Row corrupt = encoding(LongStream.of(0, 5, 8), LongStream.of(0, 1, 1));
        Path table = write(List.of(
                row(good, corrupt),
                row(encoding(LongStream.of(5, 6), LongStream.of(1)), corrupt),
                row(encoding(LongStream.of(5, 0, 6), LongStream.of(1, 0, 1)), corrupt),
                row(encoding(LongStream.of(5, 6), LongStream.of(1, 2)), corrupt),
                row(encoding(LongStream.of(5, 6), LongStream.of(0, 0)), corrupt),
                row(encoding(LongStream.of(5, 486), LongStream.of(1, 1)), corrupt),
                row(null, corrupt)));
        Path out = temporary.resolve("out");
        score(table.toString(), "7", out);
        List<String> reasons =
                CommandRun.table(out.resolve("rejected"), rejected -> rejected.orderBy("index").collectAsList().stream()
                        .map(row -> row.<String>getAs("reason"))
                        .toList());
        assertThat(reasons)
                .containsExactly(
                        "clean has 2 ids and 1 attention mask; wanted a mask for each id",
                        "clean has padding between its tokens, at place 1",
                        "clean has the attention mask 2; wanted 0 for padding, else 1",
                        "clean is empty",
                        "clean has token 486; the model knows 0 to 485",
                        "has no clean");
    }

    private static Row row(Row clean, Row corrupt) {
        return RowFactory.create(clean, corrupt, new String[] {" she"}, new String[] {" he"});
    }

    private static List<JsonNode> demoPrompts() throws IOException {
        List<JsonNode> prompts = new ArrayList<>();
        new ObjectMapper()
                .readTree(Path.of(CommandRun.IOI).toFile())
                .get("prompts")
                .forEach(prompts::add);
        return prompts.subList(0, PROMPTS);
    }

    private static String[] texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts.toArray(new String[0]);
    }

    /** As the encoder pads: token 0 and mask 0. */
    private static Row padded(Tokenizer tokenizer, String text, int before, int behind) {
        List<Integer> tokens = tokenizer.withBos(tokenizer.encode(text));
        Stream<Integer> all = Stream.of(Collections.nCopies(before, 0), tokens, Collections.nCopies(behind, 0))
                .flatMap(List::stream);
        Stream<Integer> mask = Stream.of(
                        Collections.nCopies(before, 0),
                        Collections.nCopies(tokens.size(), 1),
                        Collections.nCopies(behind, 0))
                .flatMap(List::stream);
        return encoding(all.mapToLong(Integer::longValue), mask.mapToLong(Integer::longValue));
    }

    private static Row encoding(LongStream ids, LongStream mask) {
        long[] all = ids.toArray();
        return RowFactory.create(all, new long[all.length], mask.toArray());
    }

    private Path write(List<Row> rows) throws IOException {
        Path table = Files.createDirectories(temporary).resolve("encoded.parquet");
        System.setProperty("spark.master", "local[1]");
        try (Session session = Session.ofCommand("test")) {
            session.spark().createDataFrame(rows, SCHEMA).coalesce(1).write().parquet(table.toString());
        } finally {
            System.clearProperty("spark.master");
        }
        return table;
    }

    private static void score(String prompts, String limit, Path out) {
        String[] options = {"score", "--model", CommandRun.MODEL, "--prompts", prompts, "--out", out.toString()};
        CommandRun.done(CommandRun.with(options, "--limit", limit, "--batch-size", "2"));
    }
}
