package io.edgewise.jobs.input;

import io.edgewise.jobs.files.Hadoop;
import java.io.IOException;
import java.io.UncheckedIOException;
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
        try {
            return scores.isDirectory() && Hadoop.fileSystem(table).exists(table)
                    ? Optional.of(spark.read().parquet(table.toString()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not reach " + table, e);
        }
    }
}
