package io.edgewise.jobs.report;

import io.edgewise.jobs.files.Hadoop;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How masks were trained, where they were, in one sentence.
 *
 * @param scores a directory of {@code score --out}
 */
record TrainingFact(SparkSession spark, String scores) {

    /** The sentence; empty where nothing was trained. Of several trainings it tells the last: the largest circuit. */
    Optional<Fact> read() {
        Path table = new Path(Hadoop.qualified(scores), "training");
        if (!Hadoop.isThere(table)) {
            return Optional.empty();
        }
        List<Row> steps = spark.read()
                .parquet(table.toString())
                .orderBy("circuit_size", "step")
                .collectAsList();
        Row last = steps.get(steps.size() - 1);
        Row first = steps.get(steps.size() - last.<Integer>getAs("step"));
        return Optional.of(new Fact(
                "Training",
                String.format(
                        Locale.ROOT,
                        "%d steps; the faithfulness loss went from %.3g to %.3g, the circuit from %.0f to %.0f edges",
                        last.<Integer>getAs("step"),
                        first.<Double>getAs("faithfulness"),
                        last.<Double>getAs("faithfulness"),
                        first.<Double>getAs("edges"),
                        last.<Double>getAs("edges"))));
    }
}
