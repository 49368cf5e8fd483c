package io.edgewise.score;

import io.edgewise.graph.ModelGraph;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.reduce.BatchVector;
import java.util.SplittableRandom;

/**
 * AutoCircuit's {@code random_prune_scores}, a baseline: uniform in [0, 1), the same for the same seed and graph on any
 * cluster. It doesn't depend on the prompts.
 */
public record RandomScores(long seed) implements EdgeScorer {
    @Override
    public int stateLength(ModelGraph graph) {
        return 0;
    }

    @Override
    public BatchVector score(PatchableModel model, BatchPieces batch) {
        return new BatchVector(batch.whole().index(), batch.whole().size(), new double[0]);
    }

    @Override
    public double[] finish(ModelGraph graph, double[] sum, long prompts) {
        return new SplittableRandom(seed).doubles(graph.edgeCount()).toArray();
    }
}
