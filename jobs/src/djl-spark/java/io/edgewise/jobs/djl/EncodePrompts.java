package io.edgewise.jobs.djl;

import static org.apache.spark.sql.functions.col;

import ai.djl.spark.task.text.TextEncoder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A job that tokenizes prompts' texts with the text encoder of DJL's Spark extension. {@code clean} and {@code corrupt} become what the
 * encoder writes, and answers stay as they are. The result is a prompt table for {@code score} and {@code sweep}.
 */
public final class EncodePrompts {
    private static final String USAGE = "Usage: EncodePrompts TOKENIZER IN OUT; TOKENIZER is a name on the Hugging Face hub,"
            + " IN a Parquet table or JSONL of prompts with texts, OUT a new directory NAME.parquet";

    private EncodePrompts() {}

    public static void main(String[] args) {
        if (args.length != 3) {
            System.err.println(USAGE);
            System.exit(2);
        }
        SparkSession spark =
                SparkSession.builder().appName("edgewise encode prompts").getOrCreate();
        try {
            Dataset<Row> prompts = args[1].endsWith(".parquet")
                    ? spark.read().parquet(args[1])
                    : spark.read().json(args[1]);
            of(prompts, args[0]).write().parquet(args[2]);
        } finally {
            spark.stop();
        }
    }

    /** The table with tokens in the place of the texts {@code clean} and {@code corrupt}. */
    static Dataset<Row> of(Dataset<Row> prompts, String tokenizer) {
        Dataset<Row> both = encoded(encoded(prompts, "clean", tokenizer), "corrupt", tokenizer);
        return both.select(
                col("encoded_clean").as("clean"),
                col("encoded_corrupt").as("corrupt"),
                col("answers"),
                col("wrong_answers"));
    }

    private static Dataset<Row> encoded(Dataset<Row> prompts, String column, String tokenizer) {
        return new TextEncoder()
                .setHfModelId(tokenizer)
                .setInputCol(column)
                .setOutputCol("encoded_" + column)
                .encode(prompts);
    }
}
