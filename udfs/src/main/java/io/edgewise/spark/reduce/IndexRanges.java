package io.edgewise.spark.reduce;

import org.apache.spark.Partitioner;

/** A partitioner that puts neighbouring indices into one partition, about as many into each. */
public final class IndexRanges extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int indices;
    private final int partitions;

    /** @param indices how many there are, from 0 */
    public IndexRanges(int indices, int partitions) {
        this.indices = indices;
        this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
        return partitions;
    }

    @Override
    public int getPartition(Object key) {
        return (int) ((long) (Integer) key * partitions / indices);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IndexRanges that && indices == that.indices && partitions == that.partitions;
    }

    @Override
    public int hashCode() {
        return 31 * indices + partitions;
    }
}
