package io.edgewise.pipeline;

import io.edgewise.reduce.BatchBlock;
import io.edgewise.reduce.BatchSum;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.SliceKey;
import io.edgewise.reduce.SliceSum;
import io.edgewise.reduce.SlicedSum;
import io.edgewise.reduce.Slices;
import io.edgewise.spark.reduce.FinishSlices;
import io.edgewise.spark.reduce.SliceOrder;
import io.edgewise.spark.reduce.SliceRanges;
import io.edgewise.spark.reduce.SumNeighbours;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.serializer.JavaSerializer;
import scala.math.Ordering;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The job that sums the results of all batches and checks that none is missing. The sum has the same bits however the batches were spread.
 *
 * <p>Vectors are cut into slices where they are made; a slice's sum is finished in one task, and finished slices come to the driver in
 * order, a few partitions at a time. The driver holds only the sum and these slices, never the vectors of batches.
 *
 * @param batchCount how many batches there are
 */
record SumOverBatches(Slices slices, int batchCount) {
    /** How many partitions of slices are finished at once, and so lie on the driver at once: 64 MiB. */
    private static final int AT_ONCE = 16;

    /** @throws IllegalStateException where a batch or a slice of one is missing */
    BatchSum execute(JavaRDD<BatchVector> batches) {
        return ofParts(batches.map(BatchBlock::of).mapPartitionsToPair(new SumNeighbours(slices, null)));
    }

    /**
     * The sum from partial sums.
     *
     * @throws IllegalStateException where a batch or a slice of one is missing
     */
    BatchSum ofParts(JavaPairRDD<SliceKey, BatchTotal> parts) {
        SliceRanges ranges = new SliceRanges(slices);
        JavaRDD<SliceSum> sums =
                sorted(parts.setName("sums of batches, by slice"), ranges).mapPartitions(new FinishSlices());
        SlicedSum whole = new SlicedSum(slices, batchCount);
        for (int first = 0; first < ranges.numPartitions(); first += AT_ONCE) {
            int end = Math.min(ranges.numPartitions(), first + AT_ONCE);
            for (List<SliceSum> partition :
                    sums.collectPartitions(IntStream.range(first, end).toArray())) {
                partition.forEach(whole::add);
            }
        }
        return whole.finish();
    }

    /**
     * Spark's {@code repartitionAndSortWithinPartitions}, which spills to disk, with a serializer of its own. A Java object stream keeps
     * what it wrote until it is reset: by default after a hundred objects, here after each.
     */
    private static JavaPairRDD<SliceKey, BatchTotal> sorted(
            JavaPairRDD<SliceKey, BatchTotal> parts, SliceRanges ranges) {
        ClassTag<SliceKey> keys = ClassTag$.MODULE$.apply(SliceKey.class);
        ClassTag<BatchTotal> totals = ClassTag$.MODULE$.apply(BatchTotal.class);
        SparkConf resets = new SparkConf(false).set("spark.serializer.objectStreamReset", "1");
        ShuffledRDD<SliceKey, BatchTotal, BatchTotal> shuffled = new ShuffledRDD<>(
                        parts.rdd(), ranges, keys, totals, totals)
                .setKeyOrdering(Ordering.comparatorToOrdering(new SliceOrder()))
                .setSerializer(new JavaSerializer(resets));
        return JavaPairRDD.fromRDD(shuffled, keys, totals);
    }
}
