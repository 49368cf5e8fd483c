package io.edgewise.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.slice;

import io.edgewise.InputException;
import io.edgewise.spark.prompt.FirstDifference;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * The tokens that all prompts begin with, before any clean prompt differs from its corrupt one; AutoCircuit's
 * {@code tail_divergence}. AutoCircuit takes the first batch's; here the tokens must be the same in all prompts.
 */
final class SharedPrefix {
    private SharedPrefix() {}

    /** @throws InputException where prompts begin differently */
    static List<Integer> of(Dataset<Row> usable) {
        if (usable.isEmpty()) {
            return List.of();
        }
        int length = usable.map(new FirstDifference(), Encoders.INT())
                .agg(min("value"))
                .first()
                .getInt(0);
        if (length == 0) {
            throw new InputException(
                    "--tail-divergence wants tokens that all prompts begin with, but in some prompt clean"
                            + " and corrupt differ in the first token; leave it out");
        }
        List<Row> beginnings = usable.select(slice(col("clean"), 1, length).as("prefix"))
                .distinct()
                .limit(2)
                .collectAsList();
        if (beginnings.size() > 1) {
            throw new InputException("--tail-divergence wants all prompts to begin with the same " + length
                    + " tokens, as many as clean and corrupt have in common everywhere; some begin with "
                    + beginnings.get(0).getList(0) + ", others with "
                    + beginnings.get(1).getList(0) + ": leave it out, or give prompts of one kind");
        }
        return List.copyOf(beginnings.get(0).getList(0));
    }
}
