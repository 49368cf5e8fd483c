package io.edgewise.jobs.fuzz;

import io.edgewise.jobs.command.SharedSpark;
import io.edgewise.jobs.input.PromptFiles;
import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.prompt.BosRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts that Spark reads: lines, CSV and Parquet tables. */
class PromptTableFuzzTest {
    private static final String PROMPTS =
            """
            {"clean": "a", "corrupt": "b", "answers": ["c"]}
            {"clean": "d", "corrupt": "\u00e9", "answers": ["f", "g"]}
            {"prompt": "h", "choices": {"label": ["i", "j"]}, "a_counterfactual": {"prompt": "k", "choices": {"label": ["l"]}}}
            """;

    private static SparkSession spark;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void start() {
        SharedSpark.stop();
        spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .getOrCreate();
        spark.sparkContext().setLogLevel("OFF");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void brokenLinesAreRead() {
        Path file = temporary.resolve("p.jsonl");
        new Fuzz("JSONL", 64 << 20)
                .runOneOf(50, List.of(Wholes.of(PROMPTS)), Wholes.ofText(), input -> read(file, input));
    }

    @Test
    void brokenCsvIsReadOrRefused() {
        String whole = "clean,corrupted,correct_idx,incorrect_idx\n\"a, \"\"b\"\"\",\u00e9,5,6\nc,d,\"[7, 8]\",9\n";
        Path file = temporary.resolve("p.csv");
        new Fuzz("CSV", 64 << 20).runOneOf(50, List.of(Wholes.of(whole)), Wholes.ofText(), input -> read(file, input));
    }

    @Test
    void brokenTablesAreReadOrRefused() throws IOException {
        Path lines = Files.writeString(temporary.resolve("lines.jsonl"), PROMPTS);
        Path table = temporary.resolve("table");
        spark.read().json(lines.toString()).coalesce(1).write().parquet(table.toString());
        byte[] whole;
        try (Stream<Path> files = Files.list(table)) {
            whole = Wholes.of(files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow());
        }
        Path file = temporary.resolve("p.parquet");
        new Fuzz("Parquet", 64 << 20).runOneOf(20, List.of(whole), Wholes.ofText(), input -> read(file, input));
    }

    private static void read(Path file, byte[] input) throws IOException {
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
        Files.write(file, input);
        PromptSelection selection = new PromptSelection(
                List.of(file.toString()), 8, 0, null, null, BosRule.AUTO, false, false, null, 1, null);
        PromptFiles.check(selection);
        new PromptFiles(spark).read(selection).collectAsList();
    }
}
