package io.edgewise.spark.batch;

import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.reduce.BatchVector;
import io.edgewise.score.EdgeScorer;
import io.edgewise.spark.model.ExecutorModels;
import io.edgewise.spark.model.ModelSource;
import java.util.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * A function that scores all edges on each batch.
 *
 * @param scorer sent to each executor once: it may hold a mean over the data set
 */
public record ScoreBatches(ModelSource model, Broadcast<EdgeScorer> scorer) implements BatchFunction {
    @Override
    public Function<BatchPieces, BatchVector> open() {
        PatchableModel loaded = ExecutorModels.get(model);
        return pieces -> scorer.value().score(loaded, pieces);
    }
}
