package io.edgewise.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.prompt.PromptBatch;
import io.edgewise.spark.prompt.ParsedRows;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Batches of millions of prompts, made out of nothing and not run. {@code docs/numbers.md} says how to run it. */
@EnabledIfSystemProperty(named = "scale", matches = "true")
class PlaceScaleTest {
    private static final int BATCH_SIZE = 32;
    private static final long PROMPTS = Long.getLong("scale.prompts", 2_000_000);

    private final HeapPeak heap = new HeapPeak();

    @Test
    void millionsOfPromptsOfHundredsOfLengths() {
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .getOrCreate()) {
            ResultVolume results = new ResultVolume();
            ShuffleVolume shuffled = new ShuffleVolume();
            spark.sparkContext().addSparkListener(results);
            spark.sparkContext().addSparkListener(shuffled);
            Dataset<Row> prompts = prompts(spark).persist();
            assertThat(prompts.count()).isEqualTo(PROMPTS);
            heap.take();
            Instant start = Instant.now();
            PlacePrompts places = new PlacePrompts(BATCH_SIZE);
            PlacePrompts.Counts counts = places.count(prompts);
            Dataset<Row> placed = places.placed(prompts, counts);
            long counted = PromptBatches.batches(placed, counts.batches(), 0)
                    .toJavaRDD()
                    .mapPartitions(new CountPrompts())
                    .reduce(Long::sum);
            Duration took = Duration.between(start, Instant.now());
            assertThat(counted).isEqualTo(PROMPTS);
            assertThat(counts.prompts()).isEqualTo(PROMPTS);
            System.out.printf(
                    "%,d prompts of %d lengths in %,d batches: %d s, %,d prompts a second, %d MiB shuffled,"
                            + " %d KiB of results to the driver, heap after a collection at most %d MiB%n",
                    PROMPTS,
                    counts.lengths().size(),
                    counts.batches(),
                    took.toSeconds(),
                    PROMPTS * 1000 / took.toMillis(),
                    shuffled.bytes() >> 20,
                    results.bytes() >> 10,
                    heap.take() >> 20);
        }
    }

    /** Rows as the parser makes them: lengths of 30 tokens on average, exponentially distributed. */
    private static Dataset<Row> prompts(SparkSession spark) {
        Dataset<Row> rows = spark.range(0, PROMPTS, 1, 16)
                .withColumn("index", col("id"))
                .withColumn("origin", expr("concat('p.parquet#', id)"))
                .withColumn(
                        "length", expr("1 + cast(floor(-30 * ln((1 + pmod(xxhash64(id), 1000000)) / 1000000)) as int)"))
                .withColumn("clean", expr("transform(sequence(1, length), x -> cast(pmod(hash(id, x), 50000) as int))"))
                .withColumn(
                        "corrupt", expr("transform(sequence(1, length), x -> cast(pmod(hash(x, id), 50000) as int))"))
                .withColumn("answers", expr("array(array(cast(pmod(id, 50000) as int)))"))
                .withColumn("wrong_answers", expr("array(array(cast(pmod(id + 1, 50000) as int)))"))
                .withColumn("targets", expr("cast(null as array<array<float>>)"))
                .withColumn("group", expr("cast(null as string)"))
                .withColumn("reason", expr("cast(null as string)"))
                .withColumn("json", expr("cast(null as string)"));
        return rows.selectExpr(ParsedRows.schema().fieldNames());
    }

    private record CountPrompts() implements FlatMapFunction<Iterator<PromptBatch>, Long> {
        @Override
        public Iterator<Long> call(Iterator<PromptBatch> batches) {
            long count = 0;
            int last = -1;
            while (batches.hasNext()) {
                PromptBatch batch = batches.next();
                assertThat(batch.index()).isGreaterThan(last);
                last = batch.index();
                count += batch.size();
            }
            return List.of(count).iterator();
        }
    }
}
