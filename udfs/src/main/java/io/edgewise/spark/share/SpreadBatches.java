package io.edgewise.spark.share;

import io.edgewise.prompt.PromptBatch;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/**
 * A function that makes several parts of the work on a batch, each with an index of its own: part p of n of batch b has index b n + p.
 *
 * @param parts how many parts the work on a batch has
 */
public record SpreadBatches(int parts) implements PairFlatMapFunction<PromptBatch, Integer, PromptBatch> {
    @Override
    public Iterator<Tuple2<Integer, PromptBatch>> call(PromptBatch batch) {
        return IntStream.range(0, parts)
                .map(part -> Math.addExact(Math.multiplyExact(batch.index(), parts), part))
                .mapToObj(index ->
                        new Tuple2<>(index, new PromptBatch(index, batch.key(), batch.pairs(), batch.length())))
                .iterator();
    }

    /** Which part of the work on its batch it is. */
    public int part(PromptBatch spread) {
        return spread.index() % parts;
    }
}
