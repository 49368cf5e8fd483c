package io.edgewise.spark.reduce;

import io.edgewise.reduce.SliceKey;
import io.edgewise.reduce.Slices;
import org.apache.spark.Partitioner;

/**
 * A partitioner that puts neighbouring slices into one partition, of 4 MiB of sums. A partition is larger where there would be more
 * partitions than Spark writes without sorting, and so without holding them ({@code spark.shuffle.sort.bypassMergeThreshold}).
 */
public final class SliceRanges extends Partitioner {
    private static final long serialVersionUID = 1L;
    private static final int USUAL = 16;
    private static final int MOST_PARTITIONS = 200;

    private final int slices;
    private final int slicesEach;

    public SliceRanges(Slices slices) {
        this.slices = slices.count();
        this.slicesEach = Math.max(USUAL, (this.slices + MOST_PARTITIONS - 1) / MOST_PARTITIONS);
    }

    @Override
    public int numPartitions() {
        return (slices + slicesEach - 1) / slicesEach;
    }

    @Override
    public int getPartition(Object key) {
        return ((SliceKey) key).slice() / slicesEach;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SliceRanges that && slices == that.slices && slicesEach == that.slicesEach;
    }

    @Override
    public int hashCode() {
        return 31 * slices + slicesEach;
    }
}
