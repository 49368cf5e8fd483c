package io.edgewise.jobs.files;

import io.edgewise.pipeline.PromptBatches;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What every job writes in the same way: tables that bear its run id, and the files that end a result directory. */
public record RunFiles(Manifest manifest, OutputDirectory out) {

    /** Writes a table. */
    public void table(String name, Dataset<Row> rows) {
        rows.withColumn("run_id", functions.lit(manifest.id())).write().parquet(out.child(name));
    }

    /** Writes the rejected prompts, each with a reason, and the manifest, and completes the directory. */
    public void complete(PromptBatches.Result prompts) {
        table("rejected", prompts.rejected().coalesce(1));
        out.write(Manifest.FILE, manifest.finish(prompts.parsed().sparkSession()));
        out.complete();
    }
}
