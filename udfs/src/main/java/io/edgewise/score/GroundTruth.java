package io.edgewise.score;

import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.reduce.BatchVector;
import java.util.List;

/**
 * AutoCircuit's {@code ground_truth_prune_scores}: 1 for the edges of a known circuit, else 0. It doesn't depend on the prompts.
 *
 * @param edges names of the known circuit's edges
 */
public record GroundTruth(List<String> edges) implements EdgeScorer {
    public GroundTruth {
        edges = List.copyOf(edges);
    }

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
        return EdgeMask.of(graph, edges).values().toArray();
    }
}
