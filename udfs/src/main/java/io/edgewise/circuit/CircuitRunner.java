package io.edgewise.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.Tokens;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.score.PruneScores;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * AutoCircuit's {@code run_circuits} on one batch: runs circuits of several sizes. The ablation activations are computed
 * once for all of them.
 *
 * @param ablation what patched edges carry
 * @param reverseCleanCorrupt swaps the sides of {@link PatchType}
 */
public record CircuitRunner(
        PruneScores scores,
        List<Circuit> circuits,
        PatchType patchType,
        AblationActivations ablation,
        boolean reverseCleanCorrupt)
        implements Serializable {
    public CircuitRunner {
        circuits = List.copyOf(circuits);
        PromptSide patch = patchSide(patchType, reverseCleanCorrupt);
        if (ablation.ablation().side() != null && ablation.ablation().side() != patch) {
            throw new IllegalArgumentException(
                    patchType + " patches with the " + patch + " side here, got " + ablation.ablation());
        }
    }

    /** The prompts whose activations are patched in, where the ablation is made of the batch. */
    public static PromptSide patchSide(PatchType patchType, boolean reverseCleanCorrupt) {
        return reverseCleanCorrupt ? patchType.input() : patchType.input().other();
    }

    /** Takes what one circuit gave. */
    @FunctionalInterface
    public interface OutputConsumer {
        /**
         * @param place of the circuit in the list
         * @param logits {@code [batch, seq?, vocabulary]}, freed after the call
         */
        void accept(int place, NDArray logits);
    }

    /** Runs every circuit, in order: each one's logits in Java memory, row-major {@code [batch, seq?, vocabulary]}. */
    public List<float[]> logits(PatchableModel model, PromptBatch batch) {
        List<float[]> all = new ArrayList<>();
        run(model, batch, (place, logits) -> all.add(logits.toFloatArray()));
        return all;
    }

    /** Runs every circuit, in order. */
    public void run(PatchableModel model, PromptBatch batch, OutputConsumer outputs) {
        PromptSide input = patchSide(patchType, reverseCleanCorrupt).other();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray patch = ablation.on(model, batch);
            Tokens tokens = model.tokens(batch, input);
            for (int place = 0; place < circuits.size(); place++) {
                try (NDScope each = new NDScope()) {
                    each.suppressNotUsedWarning();
                    NDArray logits =
                            model.runPatched(tokens, patch, circuits.get(place).mask(scores, patchType));
                    outputs.accept(place, logits);
                }
            }
        }
    }
}
