package io.edgewise.jobs.files;

import io.edgewise.pipeline.PromptBatches;
import org.apache.spark.sql.functions;

/** The table {@code rejected/}: the prompts that were not used, each with a reason. */
public final class RejectedTable {
    private RejectedTable() {}

    public static void write(OutputDirectory out, PromptBatches.Result prompts, String runId) {
        prompts.rejected()
                .withColumn("run_id", functions.lit(runId))
                .coalesce(1)
                .write()
                .parquet(out.child("rejected"));
    }
}
