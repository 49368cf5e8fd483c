package io.edgewise.spark.batch;

import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.reduce.BatchNotes;
import io.edgewise.reduce.BatchVector;
import io.edgewise.score.EdgeBlocks;
import io.edgewise.score.ExactPatching;
import io.edgewise.spark.model.ExecutorModels;
import io.edgewise.spark.model.ModelSource;
import io.edgewise.spark.share.ShareFiles;
import io.edgewise.spark.share.SpreadBatches;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * A function that patches the edges of one block alone, on each part of {@link SpreadBatches}.
 *
 * @param scorer sent to each executor once: it may hold a mean over the data set
 * @param blocks of edges, one for each part
 * @param shares get what each prompt adds to the edges of its part's block; null where that isn't asked for
 */
public record PatchBatches(
        ModelSource model,
        Broadcast<ExactPatching> scorer,
        Broadcast<EdgeBlocks> blocks,
        SpreadBatches spread,
        @Nullable ShareFiles shares)
        implements BatchFunction {
    @Override
    public Function<BatchPieces, BatchVector> open() {
        PatchableModel loaded = ExecutorModels.get(model);
        return pieces -> {
            int part = spread.part(pieces.whole());
            BatchVector scores = score(loaded, pieces, blocks.value().block(part));
            // How often the model is right is counted once a batch.
            return part == 0 ? scores : scores.with(BatchNotes.NONE);
        };
    }

    private BatchVector score(PatchableModel loaded, BatchPieces pieces, BitSet block) {
        if (shares == null) {
            return scorer.value().score(loaded, pieces, block, null);
        }
        int[] edges = block.stream().toArray();
        List<float[]> ofPrompts = new ArrayList<>();
        BatchVector scores = scorer.value().score(loaded, pieces, block, (prompt, all) -> {
            float[] some = new float[shares.edges()];
            for (int place = 0; place < edges.length; place++) {
                some[place] = (float) all[edges[place]];
            }
            ofPrompts.add(some);
        });
        shares.write(pieces.whole(), ofPrompts);
        return scores;
    }

    @Override
    public void beginAfter(BitSet finished) {
        if (shares != null) {
            shares.keep(finished);
        }
    }
}
