package io.edgewise.score;

import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.reduce.BatchVector;
import org.jspecify.annotations.Nullable;

/** A method whose scores are sums of what each prompt adds, and which can tell it. */
public sealed interface PromptScorer extends EdgeScorer permits ActivationMagnitude, MaskGradient {

    /**
     * What one batch adds, the same to the last bit whether or not its prompts' shares are asked for.
     *
     * @param shares is given what each prompt adds; null where nobody asks
     */
    BatchVector score(PatchableModel model, BatchPieces batch, @Nullable PromptShares shares);

    @Override
    default BatchVector score(PatchableModel model, BatchPieces batch) {
        return score(model, batch, null);
    }

    /**
     * What a score is of the sum of all prompts' shares.
     *
     * @param prompts prompt pairs in all batches
     */
    double ofSum(long prompts);
}
