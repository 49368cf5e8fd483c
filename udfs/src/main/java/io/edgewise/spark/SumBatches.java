package io.edgewise.spark;

import io.edgewise.reduce.BatchTotal;
import io.edgewise.reduce.BatchVector;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;

/** Sums over batches in the order of their indices, on the executors. */
public final class SumBatches extends Aggregator<BatchVector, BatchTotal, BatchTotal> {
    private static final long serialVersionUID = 1L;

    @Override
    public BatchTotal zero() {
        return new BatchTotal();
    }

    @Override
    public BatchTotal reduce(BatchTotal total, BatchVector batch) {
        return total.add(batch);
    }

    @Override
    public BatchTotal merge(BatchTotal left, BatchTotal right) {
        return left.merge(right);
    }

    @Override
    public BatchTotal finish(BatchTotal total) {
        return total;
    }

    @Override
    public Encoder<BatchTotal> bufferEncoder() {
        return Encoders.javaSerialization(BatchTotal.class);
    }

    @Override
    public Encoder<BatchTotal> outputEncoder() {
        return Encoders.javaSerialization(BatchTotal.class);
    }
}
