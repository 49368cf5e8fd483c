package io.edgewise.spark;

import io.edgewise.reduce.BatchTotal;
import io.edgewise.reduce.GrownBlocks;
import io.edgewise.reduce.SliceKey;
import io.edgewise.reduce.Slices;
import java.util.Iterator;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/** Sums the kept blocks of a partition, as {@link SumNeighbours} sums batches that were just made. */
public record SumKept(Slices slices, KeptBlocks kept)
        implements PairFlatMapFunction<Iterator<BlockName>, SliceKey, BatchTotal> {
    @Override
    public Iterator<Tuple2<SliceKey, BatchTotal>> call(Iterator<BlockName> blocks) {
        return SumNeighbours.sliced(new MappedIterator<>(blocks, kept::read), slices, GrownBlocks.UNSEEN);
    }
}
