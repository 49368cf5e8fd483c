package io.edgewise.score;

import ai.djl.ndarray.NDScope;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchNotes;
import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.RightAnswers;

/** Counts how often the whole model is right on a batch, for methods that run batches again and again. */
public final class TaskCount {
    /** How many numbers a batch adds: one, which is 0. What is counted travels with it as a note. */
    public static final int LENGTH = 1;

    private TaskCount() {}

    /** What a batch adds; it runs no model where prompts have no right and wrong tokens. */
    public static BatchVector of(PatchableModel model, BatchPieces batch) {
        RightAnswers right = RightAnswers.NONE;
        for (PromptBatch piece : batch.pieces()) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                right = right.with(new TaskCounter(model, piece).finish());
            }
        }
        return new BatchVector(batch.whole().index(), batch.whole().size(), new double[LENGTH], BatchNotes.of(right));
    }
}
