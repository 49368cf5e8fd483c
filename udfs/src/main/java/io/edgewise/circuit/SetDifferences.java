package io.edgewise.circuit;

import ai.djl.ndarray.NDScope;
import io.edgewise.ablation.BatchAblation;
import io.edgewise.metric.FullModel;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchVector;
import java.io.Serializable;
import java.util.List;

/**
 * The answer difference of each prompt with each of some sets of edges.
 *
 * @param runner how the sets run
 */
public record SetDifferences(CircuitRunner runner, List<EdgeSet> sets) implements Serializable {
    public SetDifferences {
        sets = List.copyOf(sets);
    }

    /**
     * Runs all sets on one batch.
     *
     * @return row-major {@code [set, prompt]}
     */
    public BatchVector measure(PatchableModel model, BatchPieces batch) {
        int prompts = batch.whole().size();
        double[] values = new double[Math.multiplyExact(sets.size(), prompts)];
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            BatchAblation ablated = BatchAblation.of(runner.ablation(), model, batch);
            int place = 0;
            for (PromptBatch piece : batch.pieces()) {
                int start = place;
                try (NDScope ofPiece = new NDScope()) {
                    ofPiece.suppressNotUsedWarning();
                    FullModel full = FullModel.on(model, piece);
                    runner.run(model, piece, ablated, sets, (set, logits) -> {
                        double[] each = Faithfulness.DIFFERENCE.measure(logits, full)[0];
                        System.arraycopy(each, 0, values, set * prompts + start, each.length);
                    });
                }
                place += piece.size();
            }
        }
        return new BatchVector(batch.whole().index(), prompts, values);
    }
}
