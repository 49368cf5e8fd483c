package io.edgewise.spark.share;

import io.edgewise.score.EdgeSample;
import java.io.Serializable;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/**
 * A function that sends the scores of neighbouring edges in each replicate to where the replicate is put together. The key is the
 * replicate's place among those that have prompts.
 *
 * @param ofSum the factor from the sum of all prompts' shares to the score
 */
public record ReplicateParts(double ofSum) implements PairFlatMapFunction<EdgeSample, Integer, ReplicateParts.Part> {

    /**
     * The scores of neighbouring edges in one replicate.
     *
     * @param firstEdge the first of the edges
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Part(int firstEdge, float[] scores) implements Serializable {}

    @Override
    public Iterator<Tuple2<Integer, Part>> call(EdgeSample sample) {
        int[] usable = sample.usable();
        return IntStream.range(0, usable.length)
                .mapToObj(place ->
                        new Tuple2<>(place, new Part(sample.range().first(), sample.scores(usable[place], ofSum))))
                .iterator();
    }
}
