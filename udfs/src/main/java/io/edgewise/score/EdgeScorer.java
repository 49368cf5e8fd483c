package io.edgewise.score;

import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchVector;
import java.io.Serializable;

/** A way to score all edges on one batch. The prune scores are the sum over batches. */
public interface EdgeScorer extends Serializable {

    /** One number an edge, in the canonical order of the model's graph. */
    BatchVector score(PatchableModel model, PromptBatch batch);
}
