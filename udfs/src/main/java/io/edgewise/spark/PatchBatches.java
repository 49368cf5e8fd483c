package io.edgewise.spark;

import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.reduce.BatchNotes;
import io.edgewise.reduce.BatchVector;
import io.edgewise.score.EdgeBlocks;
import io.edgewise.score.ExactPatching;
import java.util.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * A function that patches the edges of one block alone, on each part of {@link SpreadBatches}.
 *
 * @param scorer sent to each executor once: it may hold a mean over the data set
 * @param blocks of edges, one for each part
 */
public record PatchBatches(
        ModelSource model, Broadcast<ExactPatching> scorer, Broadcast<EdgeBlocks> blocks, SpreadBatches spread)
        implements BatchFunction {
    @Override
    public Function<BatchPieces, BatchVector> open() {
        PatchableModel loaded = ExecutorModels.get(model);
        return pieces -> {
            int part = spread.part(pieces.whole());
            BatchVector scores =
                    scorer.value().score(loaded, pieces, blocks.value().block(part), null);
            // How often the model is right is counted once a batch.
            return part == 0 ? scores : scores.with(BatchNotes.NONE);
        };
    }
}
