package io.edgewise.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.regexp_replace;

import io.edgewise.pipeline.PromptBatches;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** Why prompts can't be used, in a line: how many there are of each kind of reason, with the first prompt of each. */
record RejectionSummary(PromptBatches.Result prompts) {
    private static final int MOST_KINDS = 5;

    @Override
    public String toString() {
        long rejected = prompts.rejectedCount();
        List<Row> kinds = prompts.rejected()
                .groupBy(kind().as("kind"))
                .agg(
                        count(lit(1)).as("prompts"),
                        min("index").as("first"),
                        min_by(col("origin"), col("index")).as("origin"),
                        min_by(col("reason"), col("index")).as("reason"))
                .orderBy(col("prompts").desc(), col("first"))
                .limit(MOST_KINDS)
                .collectAsList();
        long told =
                kinds.stream().mapToLong(kind -> kind.<Long>getAs("prompts")).sum();
        return rejected + " of " + (rejected + prompts.promptCount()) + " prompts can't be used: "
                + kinds.stream()
                        .map(kind ->
                                kind.getAs("prompts") + " (" + kind.getAs("origin") + " " + kind.getAs("reason") + ")")
                        .collect(Collectors.joining(", "))
                + (told < rejected ? ", " + (rejected - told) + " for other reasons" : "") + "; rejected/ has all";
    }

    /** Reasons that differ in numbers and quoted texts alone are of one kind. */
    private static Column kind() {
        return regexp_replace(regexp_replace(col("reason"), "\"[^\"]*\"", "\"\""), "[0-9]+", "0");
    }
}
