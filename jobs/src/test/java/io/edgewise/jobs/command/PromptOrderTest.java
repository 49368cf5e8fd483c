package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.input.PromptFiles;
import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.jobs.run.Session;
import io.edgewise.prompt.BosRule;
import io.edgewise.prompt.RawPrompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of prompts is that of the files and their names, whatever Spark reads first. */
class PromptOrderTest {
    private static final String BLOCK = "spark.sql.files.maxPartitionBytes";
    private static final int PROMPTS = 200;

    @TempDir
    private Path temporary;

    /** Spark reads the longest files and blocks first, and the size of its blocks depends on the number of cores. */
    @Test
    void filesOfADirectoryAreReadByTheirNames() throws IOException {
        Path directory = Files.createDirectory(temporary.resolve("p.jsonl"));
        Files.writeString(directory.resolve("part-0"), lines(0, 5));
        Files.writeString(directory.resolve("part-1"), lines(5, PROMPTS - 1));
        Path last = Files.writeString(temporary.resolve("last.jsonl"), lines(PROMPTS - 1, PROMPTS));
        System.setProperty("spark.master", "local[2]");
        SharedSpark.on("local[2]");
        try (Session session = Session.ofCommand("test")) {
            SparkSession spark = session.spark();
            String usual = spark.conf().get(BLOCK);
            try {
                for (String bytes : List.of(usual, "300")) {
                    spark.conf().set(BLOCK, bytes);
                    assertThat(read(spark, directory, last))
                            .isEqualTo(IntStream.range(0, PROMPTS)
                                    .mapToObj(PromptOrderTest::json)
                                    .toList());
                }
            } finally {
                spark.conf().set(BLOCK, usual);
            }
        } finally {
            System.clearProperty("spark.master");
        }
    }

    private static String json(int prompt) {
        return "{\"clean\": [" + prompt + "]}";
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(PromptOrderTest::json).collect(Collectors.joining("\n"));
    }

    private static List<String> read(SparkSession spark, Path... files) {
        PromptSelection selection = new PromptSelection(
                List.of(files[0].toString(), files[1].toString()),
                8,
                0,
                null,
                null,
                BosRule.AUTO,
                false,
                false,
                null,
                1,
                null);
        return new PromptFiles(spark)
                .read(selection).collectAsList().stream()
                        .sorted(Comparator.comparing(RawPrompt::index))
                        .map(prompt -> prompt.text().json())
                        .toList();
    }
}
