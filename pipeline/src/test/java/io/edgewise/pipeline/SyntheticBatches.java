package io.edgewise.pipeline;

import io.edgewise.reduce.BatchVector;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Makes vectors of batches out of nothing, one at a time: numbers between -1 and 1, of 53 random bits, so that sums in another
 * order have other last bits.
 */
record SyntheticBatches(int length) implements FlatMapFunction<Iterator<Integer>, BatchVector> {
    @Override
    public Iterator<BatchVector> call(Iterator<Integer> batches) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return batches.hasNext();
            }

            @Override
            public BatchVector next() {
                int batch = batches.next();
                double[] values = new double[length];
                for (int element = 0; element < length; element++) {
                    values[element] = value(batch, element);
                }
                return new BatchVector(batch, 2, values);
            }
        };
    }

    static double value(int batch, int element) {
        long bits = ((long) batch << 32 | element) * 0x9E3779B97F4A7C15L;
        bits = (bits ^ bits >>> 32) * 0xD6E8FEB86659FD93L;
        bits ^= bits >>> 32;
        return (bits >> 10) * 0x1p-53;
    }

    /** One element's sum over batches {@code [start, end)}, as the decision on sums over batches says it. */
    static double sum(int element, int start, int end) {
        if (end - start == 1) {
            return value(start, element);
        }
        int half = Integer.highestOneBit(end - start - 1);
        return sum(element, start, start + half) + sum(element, start + half, end);
    }
}
