package io.edgewise.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.command.SharedSpark;
import io.edgewise.spark.prompt.TellAnswers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page takes of a table of answers. */
class StudyAnswersTest {
    private static SparkSession spark;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void startSpark() {
        SharedSpark.stop();
        spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", false)
                .getOrCreate();
    }

    @AfterAll
    static void stopSpark() {
        spark.stop();
    }

    private List<PromptAnswers> written(int prompts, int sizes, int chosen) {
        List<Row> rows = new ArrayList<>();
        for (int prompt = 0; prompt < prompts; prompt++) {
            for (int size = 0; size < sizes; size++) {
                rows.add(RowFactory.create(
                        size,
                        size,
                        (long) prompt,
                        "clean " + prompt,
                        "corrupt",
                        null,
                        null,
                        2.5,
                        " a",
                        0.5,
                        null,
                        " b",
                        0.25));
            }
        }
        spark.createDataFrame(rows, TellAnswers.schema())
                .write()
                .parquet(temporary.resolve("answers").toString());
        return new StudyAnswers(spark, temporary.toString()).read(chosen);
    }

    @Test
    void everySizeOfEveryPromptIsThere() {
        List<PromptAnswers> read = written(2, 3, 1);

        assertThat(read).extracting(PromptAnswers::clean).containsExactly("clean 0", "clean 1");
        assertThat(read.get(1).right()).isEmpty();
        assertThat(read.get(1).full().difference()).isEqualTo(2.5f);
        assertThat(read.get(1).circuits())
                .contains(new CircuitAnswer(2, " b", 0.25f, null))
                .hasSize(3);
    }

    @Test
    void ofManyPromptsAndSizesSomeAreTakenAndTheChosenOneAlways() {
        List<PromptAnswers> read = written(14, 3000, 2718);

        assertThat(read).hasSize(12);
        assertThat(read.get(0).circuits())
                .hasSizeBetween(200, 401)
                .extracting(CircuitAnswer::edges)
                .contains(0, 1, 10, 2718)
                .isSorted();
    }

    @Test
    void resultsFromBeforeThereWereAnswersHaveNone() {
        assertThat(new StudyAnswers(spark, temporary.toString()).read(1)).isEmpty();
    }
}
