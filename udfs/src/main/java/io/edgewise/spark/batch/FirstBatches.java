package io.edgewise.spark.batch;

import io.edgewise.prompt.PromptBatch;
import org.apache.spark.api.java.function.Function;

/** A filter of the first batches. */
public record FirstBatches(int count) implements Function<PromptBatch, Boolean> {
    @Override
    public Boolean call(PromptBatch batch) {
        return batch.index() < count;
    }
}
