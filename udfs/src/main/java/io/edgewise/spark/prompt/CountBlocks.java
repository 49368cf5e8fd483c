package io.edgewise.spark.prompt;

import java.util.Iterator;
import java.util.TreeMap;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/** A function that counts the prompts of each block of a partition. */
public record CountBlocks() implements PairFlatMapFunction<Iterator<BlockText>, FileBlock, Long> {
    @Override
    public Iterator<Tuple2<FileBlock, Long>> call(Iterator<BlockText> prompts) {
        TreeMap<FileBlock, Long> counts = new TreeMap<>();
        prompts.forEachRemaining(prompt -> counts.merge(prompt.block(), 1L, Long::sum));
        return counts.entrySet().stream()
                .map(count -> new Tuple2<>(count.getKey(), count.getValue()))
                .iterator();
    }
}
