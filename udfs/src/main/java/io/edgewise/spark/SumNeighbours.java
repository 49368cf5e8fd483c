package io.edgewise.spark;

import io.edgewise.reduce.BatchTotal;
import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.PartialSums;
import io.edgewise.reduce.SliceKey;
import io.edgewise.reduce.Slices;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/** Sums the batches of a partition as far as its memory allows, and cuts the sums into slices, keyed by where they belong. */
public record SumNeighbours(Slices slices) implements PairFlatMapFunction<Iterator<BatchVector>, SliceKey, BatchTotal> {
    @Override
    public Iterator<Tuple2<SliceKey, BatchTotal>> call(Iterator<BatchVector> batches) {
        HeapShare.join(TaskContext.get());
        PartialSums sums = new PartialSums(batches, slices, () -> HeapShare.vectors(slices.length()));
        return new MappedIterator<>(sums, part -> new Tuple2<>(part.key(), part.total()));
    }
}
