package io.edgewise.score;

import io.edgewise.InputException;
import io.edgewise.graph.Level;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchVector;
import java.io.Serializable;

/** A method that scores all edges: what a batch contributes, how batches add up, and what the sum becomes. */
public sealed interface EdgeScorer extends Serializable permits Acdc, GroundTruth, PromptScorer, RandomScores {

    /**
     * The same method at another level.
     *
     * @param modelWidth the model's {@code d_model}
     * @throws InputException where it scores edges alone
     */
    default EdgeScorer at(Level level, int modelWidth) {
        if (level == Level.EDGE) {
            return this;
        }
        throw new InputException("The method scores edges, got " + level.words());
    }

    /** How many numbers one batch adds. */
    default int stateLength(ModelGraph graph) {
        return graph.edgeCount();
    }

    /** What one batch adds: {@code stateLength} numbers. */
    BatchVector score(PatchableModel model, BatchPieces batch);

    /** What a batch adds that fits into memory whole. */
    default BatchVector score(PatchableModel model, PromptBatch batch) {
        return score(model, BatchPieces.whole(batch));
    }

    /**
     * The scores, from the sum over all batches.
     *
     * @param prompts prompt pairs in all batches
     * @return one number per edge, in canonical order
     */
    double[] finish(ModelGraph graph, double[] sum, long prompts);

    /**
     * The scores, from the sum over all batches.
     *
     * @param prompts prompt pairs in all batches
     * @throws ArithmeticException where a score is not a number
     */
    default RankedScores scores(ModelGraph graph, double[] sum, long prompts) {
        return PruneScores.of(graph, finish(graph, sum, prompts));
    }
}
