package io.edgewise.spark;

import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchVector;
import io.edgewise.score.EdgeScorer;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;

/**
 * Scores all edges on each batch.
 *
 * @param scorer sent to each executor once: it may hold a mean over the data set
 * @param sizes how many prompts run at once
 * @param done counts batches for the progress bar only; retried tasks count again
 */
public record ScoreBatches(ModelSource model, Broadcast<EdgeScorer> scorer, PieceSizes sizes, LongAccumulator done)
        implements FlatMapFunction<Iterator<PromptBatch>, BatchVector> {
    @Override
    public Iterator<BatchVector> call(Iterator<PromptBatch> batches) {
        PatchableModel loaded = ExecutorModels.get(model);
        FittingBatches fitting =
                new FittingBatches(sizes, pieces -> scorer.value().score(loaded, pieces));
        return new MappedIterator<>(batches, batch -> {
            BatchVector vector = fitting.run(batch);
            done.add(1);
            return vector;
        });
    }
}
