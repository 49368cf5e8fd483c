package io.edgewise.jobs.input;

import io.edgewise.jobs.files.Hadoop;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The table {@code prompts/} of scores: the keys of the prompts that they were made from. */
public final class ScoredPrompts {
    /** The table's name. */
    public static final String NAME = "prompts";

    private ScoredPrompts() {}

    /** The prompts of given scores; empty where they weren't recorded. */
    public static Optional<Dataset<Row>> of(SparkSession spark, GivenScores scores) {
        Path table = new Path(scores.file().getParent(), NAME);
        return scores.isDirectory() && Hadoop.isThere(table)
                ? Optional.of(spark.read().parquet(table.toString()))
                : Optional.empty();
    }
}
