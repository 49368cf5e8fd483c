package io.edgewise.pipeline;

import io.edgewise.reduce.BatchBlock;
import io.edgewise.reduce.BatchSum;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.SliceKey;
import io.edgewise.reduce.SliceSum;
import io.edgewise.reduce.SlicedSum;
import io.edgewise.reduce.Slices;
import io.edgewise.spark.FinishSlices;
import io.edgewise.spark.SliceOrder;
import io.edgewise.spark.SliceRanges;
import io.edgewise.spark.SumNeighbours;
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
 * Sums what all batches gave, the same to the last bit however they were spread, and checks that none is missing.
 *
 * <p>Vectors are cut into slices where they are made; a slice's sum is finished in one task, and finished slices come to the
 * driver in their order, a few partitions at a time. The driver holds the sum and those, never what batches gave.
 *
 * @param batchCount how many batches there are
 */
record SumOverBatches(Slices slices, int batchCount) {
    /** Partitions of slices that are finished at once, and so lie on the driver at once: 64 MiB. */
    private static final int AT_ONCE = 16;

    /** @throws IllegalStateException where a batch or a slice of one is missing */
    BatchSum execute(JavaRDD<BatchVector> batches) {
        return whole(finished(batches.map(BatchBlock::of).mapPartitionsToPair(new SumNeighbours(slices, null))));
    }

    /** The sum of sums that were begun, slice by slice, in their order. */
    JavaRDD<SliceSum> finished(JavaPairRDD<SliceKey, BatchTotal> parts) {
        return sorted(parts.setName("sums of batches, by slice")).mapPartitions(new FinishSlices());
    }

    /**
     * All of the sum.
     *
     * @throws IllegalStateException where a batch or a slice of one is missing
     */
    BatchSum whole(JavaRDD<SliceSum> sums) {
        return head(sums, slices);
    }

    /**
     * The beginning of the sum.
     *
     * @param head whole slices, cut as all are
     * @throws IllegalStateException where a batch or a slice of one is missing
     */
    BatchSum head(JavaRDD<SliceSum> sums, Slices head) {
        JavaRDD<SliceSum> wanted = sums.filter(sum -> sum.slice() < head.count());
        int partitions = new SliceRanges(slices).getPartition(new SliceKey(head.count() - 1, 0)) + 1;
        SlicedSum whole = new SlicedSum(head, batchCount);
        for (int first = 0; first < partitions; first += AT_ONCE) {
            int end = Math.min(partitions, first + AT_ONCE);
            for (List<SliceSum> partition :
                    wanted.collectPartitions(IntStream.range(first, end).toArray())) {
                partition.forEach(whole::add);
            }
        }
        return whole.finish();
    }

    /**
     * What lies behind the beginning of the sum, on the executors.
     *
     * @param head as for {@link #head(JavaRDD, Slices)}
     */
    JavaRDD<SliceSum> behind(JavaRDD<SliceSum> sums, Slices head) {
        int first = head.count();
        int batches = batchCount;
        return sums.filter(sum -> {
            if (sum.batches() != batches) {
                throw new IllegalStateException("Slice " + sum.slice() + " has " + sum.batches() + " batches, wanted "
                        + batches + "; the run is not valid");
            }
            return sum.slice() >= first;
        });
    }

    /**
     * Spark's {@code repartitionAndSortWithinPartitions}, which sorts on disk what memory doesn't hold, with a serializer of its
     * own: a Java stream keeps what it wrote until it is reset, usually after a hundred objects, here after each.
     */
    private JavaPairRDD<SliceKey, BatchTotal> sorted(JavaPairRDD<SliceKey, BatchTotal> parts) {
        ClassTag<SliceKey> keys = ClassTag$.MODULE$.apply(SliceKey.class);
        ClassTag<BatchTotal> totals = ClassTag$.MODULE$.apply(BatchTotal.class);
        SparkConf resets = new SparkConf(false).set("spark.serializer.objectStreamReset", "1");
        ShuffledRDD<SliceKey, BatchTotal, BatchTotal> shuffled = new ShuffledRDD<>(
                        parts.rdd(), new SliceRanges(slices), keys, totals, totals)
                .setKeyOrdering(Ordering.comparatorToOrdering(new SliceOrder()))
                .setSerializer(new JavaSerializer(resets));
        return JavaPairRDD.fromRDD(shuffled, keys, totals);
    }
}
