package io.edgewise.spark;

import io.edgewise.reduce.BatchTotal;
import io.edgewise.reduce.SliceSum;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.Tuple2;

/** Finishes the slices of a partition, in their order. */
public record FinishSlices() implements FlatMapFunction<Iterator<Tuple2<Integer, BatchTotal>>, SliceSum> {
    @Override
    public Iterator<SliceSum> call(Iterator<Tuple2<Integer, BatchTotal>> totals) {
        List<SliceSum> sums = new ArrayList<>();
        totals.forEachRemaining(total -> sums.add(SliceSum.of(total._1(), total._2())));
        sums.sort(Comparator.comparing(SliceSum::slice));
        return sums.iterator();
    }
}
