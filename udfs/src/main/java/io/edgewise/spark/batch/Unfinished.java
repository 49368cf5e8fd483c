package io.edgewise.spark.batch;

import io.edgewise.prompt.PromptBatch;
import java.util.BitSet;
import org.apache.spark.api.java.function.Function;

/**
 * A filter of the batches that aren't finished.
 *
 * @param finished the indices of the finished batches
 */
public record Unfinished(BitSet finished) implements Function<PromptBatch, Boolean> {
    @Override
    public Boolean call(PromptBatch batch) {
        return !finished.get(batch.index());
    }
}
