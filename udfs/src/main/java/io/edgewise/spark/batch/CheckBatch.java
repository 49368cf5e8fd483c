package io.edgewise.spark.batch;

import io.edgewise.check.Findings;
import io.edgewise.check.SelfCheck;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.spark.model.ExecutorModels;
import io.edgewise.spark.model.ModelSource;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * A function that runs the self-check on a batch.
 *
 * @param sizes how many prompts run at once
 */
public record CheckBatch(ModelSource model, Broadcast<SelfCheck> check, PieceSizes sizes)
        implements Function<PromptBatch, Findings> {
    @Override
    public Findings call(PromptBatch batch) {
        return check.value().on(ExecutorModels.get(model), BatchPieces.of(batch, sizes.of(batch.length())));
    }
}
