package io.edgewise.spark.batch;

import org.apache.spark.Partitioner;

/** A partitioner that gives every batch a partition of its own, by its index. */
public final class BatchPerPartition extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int batches;

    public BatchPerPartition(int batches) {
        this.batches = batches;
    }

    @Override
    public int numPartitions() {
        return batches;
    }

    @Override
    public int getPartition(Object index) {
        return (Integer) index;
    }
}
