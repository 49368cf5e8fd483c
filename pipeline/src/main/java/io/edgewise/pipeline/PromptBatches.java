package io.edgewise.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.edgewise.prompt.BosRule;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.RawPrompt;
import io.edgewise.spark.MakeBatch;
import io.edgewise.spark.ModelSource;
import io.edgewise.spark.ParsedRows;
import io.edgewise.spark.TokenizePrompts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Makes batches of prompts. Prompts keep their order; batch i of a length is prompts {@code [i*B, (i+1)*B)} of that length,
 * and lengths follow one another from short to long. So a batch and its index depend on the prompts alone, never on the
 * cluster.
 *
 * @param batchSize prompt pairs in a full batch
 */
public record PromptBatches(ModelSource model, BosRule bosRule, int batchSize) {

    /**
     * @param batches all batches, neighbours by index in one partition
     * @param parsed every prompt of the input, parsed, kept by Spark until closed
     * @param batchCount how many batches
     * @param promptCount how many prompt pairs they hold
     * @param longest tokens of the longest of them
     * @param rejectedCount how many prompts can't be used
     */
    public record Result(
            Dataset<PromptBatch> batches,
            Dataset<Row> parsed,
            int batchCount,
            long promptCount,
            int longest,
            long rejectedCount)
            implements AutoCloseable {

        /** {@code (index, origin, reason, json)} of every prompt that can't be used, in order. */
        public Dataset<Row> rejected() {
            return parsed.filter(col("reason").isNotNull())
                    .select("index", "origin", "reason", "json")
                    .orderBy("index");
        }

        @Override
        public void close() {
            parsed.unpersist();
        }
    }

    public Result execute(Dataset<RawPrompt> prompts) {
        Dataset<Row> parsed = prompts.mapPartitions(
                        new TokenizePrompts(model, bosRule), Encoders.row(ParsedRows.schema()))
                .persist();
        Column firstBatch = lit(0);
        long promptCount = 0;
        long rejectedCount = 0;
        int longest = 0;
        int batchCount = 0;
        for (Row length : parsed.groupBy("length").count().orderBy("length").collectAsList()) {
            long count = length.getLong(1);
            if (length.isNullAt(0)) {
                rejectedCount = count;
                continue;
            }
            firstBatch = when(col("length").equalTo(length.getInt(0)), lit(batchCount))
                    .otherwise(firstBatch);
            longest = length.getInt(0);
            promptCount += count;
            batchCount = Math.addExact(batchCount, Math.toIntExact((count + batchSize - 1) / batchSize));
        }
        Dataset<PromptBatch> batches = batches(parsed.filter(col("reason").isNull()), firstBatch, batchCount);
        return new Result(batches, parsed, batchCount, promptCount, longest, rejectedCount);
    }

    private Dataset<PromptBatch> batches(Dataset<Row> usable, Column firstBatch, int batchCount) {
        Column place = row_number().over(Window.partitionBy("length").orderBy("index"));
        Column batchOfLength = floor(place.minus(1).divide(batchSize)).cast("int");
        return usable.withColumn("batch_index", firstBatch.plus(batchOfLength))
                .groupBy("batch_index")
                .agg(sort_array(collect_list(struct("index", "clean", "corrupt", "answers", "wrong_answers")))
                        .as("prompts"))
                .repartitionByRange(partitions(usable, batchCount), col("batch_index"))
                .map(new MakeBatch(), Encoders.javaSerialization(PromptBatch.class));
    }

    /** Several tasks a core, so that cores don't wait for the slowest; never more than batches. */
    private static int partitions(Dataset<Row> usable, int batchCount) {
        int cores = usable.sparkSession().sparkContext().defaultParallelism();
        return Math.max(1, Math.min(batchCount, 4 * cores));
    }
}
