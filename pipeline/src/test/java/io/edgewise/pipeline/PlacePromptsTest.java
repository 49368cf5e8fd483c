package io.edgewise.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacePromptsTest {
    private static final int BATCH_SIZE = 4;
    private static final PlacePrompts PLACES = new PlacePrompts(BATCH_SIZE);
    private static final StructType COLUMNS =
            new StructType().add("index", DataTypes.LongType, false).add("length", DataTypes.IntegerType);

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "3")
                .config("spark.sql.codegen.wholeStage", "false")
                .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    /** Prompts of some lengths, with gaps between their indices, over several blocks. */
    private static List<Row> prompts(int lengths) {
        SplittableRandom random = new SplittableRandom(0);
        List<Row> rows = new ArrayList<>();
        long index = 250_000;
        for (int prompt = 0; prompt < 300; prompt++) {
            rows.add(RowFactory.create(index, 1 + random.nextInt(lengths)));
            index += random.nextInt(1, 8000);
        }
        return rows;
    }

    private static Dataset<Row> placed(Dataset<Row> rows) {
        return PLACES.placed(rows, PLACES.count(rows));
    }

    /** Batch i of a length is its prompts {@code [i*B, (i+1)*B)}; lengths follow one another. */
    private static Map<Long, List<Integer>> expected(List<Row> prompts) {
        TreeMap<Integer, List<Long>> byLength = new TreeMap<>();
        prompts.forEach(prompt -> byLength.computeIfAbsent(prompt.getInt(1), length -> new ArrayList<>())
                .add(prompt.getLong(0)));
        Map<Long, List<Integer>> places = new HashMap<>();
        int first = 0;
        for (List<Long> ofLength : byLength.values()) {
            for (int place = 0; place < ofLength.size(); place++) {
                places.put(ofLength.get(place), List.of(first + place / BATCH_SIZE, place % BATCH_SIZE));
            }
            first += (ofLength.size() + BATCH_SIZE - 1) / BATCH_SIZE;
        }
        return places;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void placesDoNotDependOnPartitions(int partitions) {
        List<Row> prompts = prompts(5);
        Dataset<Row> rows = spark.createDataFrame(prompts, COLUMNS).repartition(partitions, col("length"));
        Map<Long, List<Integer>> found = new HashMap<>();
        placed(rows)
                .collectAsList()
                .forEach(row -> found.put(
                        row.getAs("index"), List.of(row.<Integer>getAs("batch_index"), row.<Integer>getAs("place"))));
        assertThat(found).isEqualTo(expected(prompts));
        PlacePrompts.Counts counts = PLACES.count(rows);
        assertThat(counts.lengths()).containsExactly(1, 2, 3, 4, 5);
        assertThat(counts.prompts()).isEqualTo(prompts.size());
        assertThat(counts.batches())
                .isEqualTo(1
                        + found.values().stream()
                                .mapToInt(place -> place.get(0))
                                .max()
                                .orElseThrow());
    }

    /** All prompts of one partition, or an expression that grows with the lengths, would be the end of it with millions. */
    @Test
    void noStepIsOfOnePartitionAndThePlanDoesNotGrow() {
        String few = plan(spark.createDataFrame(prompts(2), COLUMNS));
        String many = plan(spark.createDataFrame(prompts(300), COLUMNS));
        assertThat(many).isEqualTo(few);
        assertThat(few)
                .contains("hashpartitioning")
                .doesNotContain("SinglePartition")
                .doesNotContain("CASE WHEN");
        assertThat(plan(PromptBatches.padded(spark.createDataFrame(prompts(300), COLUMNS))))
                .contains("hashpartitioning")
                .doesNotContain("SinglePartition");
    }

    private static String plan(Dataset<Row> rows) {
        return placed(rows.repartition(2))
                .queryExecution()
                .executedPlan()
                .toString()
                .replaceAll("(#|id=)[0-9]+L?", "$1");
    }
}
