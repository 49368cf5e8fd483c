package io.edgewise.score;

import io.edgewise.graph.ModelGraph;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.reduce.BatchVector;
import org.jspecify.annotations.Nullable;

/** A method whose scores are sums over prompts, and which can report what each prompt adds. */
public sealed interface PromptScorer extends EdgeScorer
        permits ActivationMagnitude, EdgeAttribution, InformationFlowRoutes, MaskGradient, NodeGradient {

    /**
     * What one batch adds. It has the same bits whether or not its prompts' shares are asked for.
     *
     * @param shares receives what each prompt adds; null where that isn't asked for
     */
    BatchVector score(PatchableModel model, BatchPieces batch, @Nullable PromptShares shares);

    @Override
    default BatchVector score(PatchableModel model, BatchPieces batch) {
        return score(model, batch, null);
    }

    /** How many scores there are, to each of which every prompt adds. */
    default int scoreCount(ModelGraph graph) {
        return graph.edgeCount();
    }

    /**
     * The factor from the sum of all prompts' shares to the score.
     *
     * @param prompts prompt pairs in all batches
     */
    double ofSum(long prompts);
}
