package io.edgewise.spark.batch;

import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.reduce.BatchVector;
import io.edgewise.score.PromptScorer;
import io.edgewise.spark.model.ExecutorModels;
import io.edgewise.spark.model.ModelSource;
import io.edgewise.spark.share.ShareFiles;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * A function that scores all edges on each batch, and writes what each prompt adds to files.
 *
 * @param scorer sent to each executor once: it may hold a mean over the data set
 */
public record SampleBatches(ModelSource model, Broadcast<PromptScorer> scorer, ShareFiles files)
        implements BatchFunction {
    @Override
    public Function<BatchPieces, BatchVector> open() {
        PatchableModel loaded = ExecutorModels.get(model);
        return pieces -> score(loaded, pieces);
    }

    private BatchVector score(PatchableModel loaded, BatchPieces pieces) {
        List<float[]> shares = new ArrayList<>();
        BatchVector scores = scorer.value().score(loaded, pieces, (prompt, ofPrompt) -> {
            float[] rounded = new float[ofPrompt.length];
            for (int edge = 0; edge < rounded.length; edge++) {
                rounded[edge] = (float) ofPrompt[edge];
            }
            shares.add(rounded);
        });
        files.write(pieces.whole(), shares);
        return scores;
    }

    @Override
    public void beginAfter(BitSet finished) {
        files.keep(finished);
    }
}
