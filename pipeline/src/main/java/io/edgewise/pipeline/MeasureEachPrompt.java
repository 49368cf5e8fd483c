package io.edgewise.pipeline;

import static org.apache.spark.sql.functions.col;

import io.edgewise.circuit.PromptSweep;
import io.edgewise.spark.batch.MeasurePrompts;
import io.edgewise.spark.batch.PieceSizes;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * The job that measures circuits on each prompt. The numbers stay on the executors; each prompt's place in its file is joined to them there.
 *
 * @param sizes how many prompts run at once
 */
public record MeasureEachPrompt(PromptSweep sweep, PieceSizes sizes) {

    /** One row per circuit, metric and prompt: {@code (requested_edges, achieved_edges, metric, prompt, origin, value)}. */
    public Dataset<Row> execute(PromptBatches.Result prompts) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(
                prompts.batches().sparkSession().sparkContext());
        Broadcast<PromptSweep> shared = context.broadcast(sweep);
        Dataset<Row> measured = prompts.batches()
                .flatMap(new MeasurePrompts(prompts.model(), shared, sizes), Encoders.row(MeasurePrompts.schema()));
        Dataset<Row> origins = prompts.placed()
                .select(col("batch_index"), col("place"), col("index").as("prompt"), col("origin"));
        return measured.join(origins, new String[] {"batch_index", "place"}, "inner")
                .select("requested_edges", "achieved_edges", "metric", "prompt", "origin", "value");
    }
}
