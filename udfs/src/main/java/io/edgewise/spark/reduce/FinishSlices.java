package io.edgewise.spark.reduce;

import io.edgewise.reduce.BatchTotal;
import io.edgewise.reduce.FinishedSlices;
import io.edgewise.reduce.SliceKey;
import io.edgewise.reduce.SlicePart;
import io.edgewise.reduce.SliceSum;
import io.edgewise.spark.MappedIterator;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.Tuple2;

/** A function that finishes the slices of a sorted partition. */
public record FinishSlices() implements FlatMapFunction<Iterator<Tuple2<SliceKey, BatchTotal>>, SliceSum> {
    @Override
    public Iterator<SliceSum> call(Iterator<Tuple2<SliceKey, BatchTotal>> parts) {
        return new FinishedSlices(new MappedIterator<>(parts, part -> new SlicePart(part._1(), part._2())));
    }
}
