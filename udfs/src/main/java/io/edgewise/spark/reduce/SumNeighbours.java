package io.edgewise.spark.reduce;

import io.edgewise.reduce.BatchBlock;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.reduce.GrownBlocks;
import io.edgewise.reduce.PartialSums;
import io.edgewise.reduce.SliceKey;
import io.edgewise.reduce.Slices;
import io.edgewise.spark.MappedIterator;
import io.edgewise.spark.kept.KeptBlocks;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * A function that sums the batches of a partition as far as memory allows, and cuts the sums into slices, keyed by their place.
 *
 * @param kept where batches' results are kept for a resumed run; null keeps nothing
 */
public record SumNeighbours(Slices slices, @Nullable KeptBlocks kept)
        implements PairFlatMapFunction<Iterator<BatchBlock>, SliceKey, BatchTotal> {
    @Override
    public Iterator<Tuple2<SliceKey, BatchTotal>> call(Iterator<BatchBlock> blocks) {
        HeapShare.join(TaskContext.get());
        GrownBlocks grown = kept == null ? GrownBlocks.UNSEEN : kept;
        PartialSums sums = new PartialSums(blocks, slices, () -> HeapShare.vectors(slices.length()), grown);
        return new MappedIterator<>(sums, part -> new Tuple2<>(part.key(), part.total()));
    }
}
