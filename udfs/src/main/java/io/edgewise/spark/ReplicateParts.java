package io.edgewise.spark;

import io.edgewise.reduce.SliceSum;
import io.edgewise.score.Replicates;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/** Hands what a slice has of each replicate on to where the replicate is put together. */
public record ReplicateParts(Replicates replicates)
        implements PairFlatMapFunction<SliceSum, Integer, ReplicateParts.Part> {

    /**
     * The scores of neighbouring edges in one replicate.
     *
     * @param firstEdge the first of the edges
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Part(int firstEdge, float[] scores) implements Serializable {}

    @Override
    public Iterator<Tuple2<Integer, Part>> call(SliceSum slice) {
        int first = replicates.layout().firstEdge(slice.slice());
        return Arrays.stream(replicates.usable())
                .mapToObj(replicate -> new Tuple2<>(replicate, new Part(first, replicates.of(slice, replicate))))
                .iterator();
    }
}
