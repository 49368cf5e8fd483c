package io.edgewise.pipeline;

import io.edgewise.reduce.BatchTotal;
import io.edgewise.reduce.BatchVector;
import io.edgewise.spark.SumBatches;
import org.apache.spark.sql.Dataset;

/** Sums what all batches gave, the same to the last bit however they were spread, and checks that none is missing. */
final class SumOverBatches {
    private SumOverBatches() {}

    static BatchTotal of(Dataset<BatchVector> batches, int batchCount) {
        BatchTotal total = batches.select(new SumBatches().toColumn()).first();
        if (total.batches() != batchCount) {
            throw new IllegalStateException(
                    "The sum has " + total.batches() + " batches, wanted " + batchCount + "; the run is not valid");
        }
        return total;
    }
}
