package io.edgewise.spark;

import io.edgewise.prompt.PromptBatch;
import java.util.BitSet;
import org.apache.spark.api.java.function.Function;

/**
 * Leaves out batches that are finished.
 *
 * @param finished their indices
 */
public record Unfinished(BitSet finished) implements Function<PromptBatch, Boolean> {
    @Override
    public Boolean call(PromptBatch batch) {
        return !finished.get(batch.index());
    }
}
