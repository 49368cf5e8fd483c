package io.edgewise.spark;

import io.edgewise.reduce.BatchTotal;
import org.apache.spark.api.java.function.Function2;

/** Adds one part of a slice's total to another. */
public record MergeTotals() implements Function2<BatchTotal, BatchTotal, BatchTotal> {
    @Override
    public BatchTotal call(BatchTotal total, BatchTotal other) {
        return total.merge(other);
    }
}
