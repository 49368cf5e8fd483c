package io.edgewise.pipeline;

import io.edgewise.check.Findings;
import io.edgewise.check.SelfCheck;
import io.edgewise.spark.batch.CheckBatch;
import io.edgewise.spark.batch.PieceSizes;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The run's self-check, on the first batch.
 *
 * @param sizes how many prompts run at once
 */
public record CheckRun(SelfCheck check, PieceSizes sizes) {

    public Findings execute(PromptBatches.Result prompts) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(
                prompts.batches().sparkSession().sparkContext());
        Broadcast<SelfCheck> shared = context.broadcast(check);
        try (StageNames names = StageNames.of(context, "self-check on one batch")) {
            return prompts.batches()
                    .toJavaRDD()
                    .map(new CheckBatch(prompts.model(), shared, sizes))
                    .first();
        } finally {
            shared.destroy();
        }
    }
}
