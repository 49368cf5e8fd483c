package io.edgewise.score.mask;

import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchTotal;
import java.util.ArrayList;
import java.util.List;

/** A training run in this thread, step by step as the job takes them. */
record Trainer(PatchableModel model, List<PromptBatch> batches, MaskTraining training) {

    private static final CleanLogits CLEAN = new CleanLogits(1 << 20);

    /** The state after all steps, and the curve. */
    record Run(MaskState state, List<TrainingPoint> curve) {}

    Run run() {
        MaskState state = training.begin(model.graph().edgeCount());
        List<TrainingPoint> curve = new ArrayList<>();
        while (state.step() < training.steps(batches.size())) {
            int first = training.firstBatch(state.step(), batches.size());
            int last = training.endBatch(state.step(), batches.size());
            MaskStep step = training.next(state);
            BatchTotal total = new BatchTotal();
            batches.subList(first, last)
                    .forEach(batch -> total.add(step.gradients(model, BatchPieces.whole(batch), CLEAN)));
            MaskTraining.Taken taken = training.take(state, total.finish(), total.prompts(), batches.size());
            state = taken.state();
            curve.add(taken.point());
        }
        return new Run(state, curve);
    }

    double[] scores() {
        return training.scores(run().state());
    }
}
