package io.edgewise.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.BatchAblation;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.NodeMask;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.PatchedRuns;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.stream.CircuitLogits;
import io.edgewise.model.stream.PatchOrigin;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.score.NodeScores;
import io.edgewise.score.PruneScores;
import io.edgewise.score.RankedScores;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * AutoCircuit's {@code run_circuits} on one batch: runs circuits of several sizes. The ablation activations are computed
 * once for all of them.
 *
 * @param scores of edges, or of nodes or neurons; the circuits are sets of these
 * @param ablation what patched edges carry
 * @param reverseCleanCorrupt swaps the sides of {@link PatchType}
 */
public record CircuitRunner(
        RankedScores scores,
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

    /** The prompts whose activations are patched in, where the ablation is computed from the batch. */
    public static PromptSide patchSide(PatchType patchType, boolean reverseCleanCorrupt) {
        return reverseCleanCorrupt ? patchType.input() : patchType.input().other();
    }

    /** Runs every circuit, in order. Returns each one's logits in Java memory, row-major {@code [batch, seq?, vocabulary]}. */
    public List<float[]> logits(PatchableModel model, BatchPieces batch) {
        List<List<float[]>> byCircuit = circuits.stream()
                .map(circuit -> (List<float[]>) new ArrayList<float[]>())
                .toList();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            BatchAblation ablated = BatchAblation.of(ablation, model, batch);
            batch.pieces()
                    .forEach(piece -> run(model, piece, ablated, (place, logits) -> byCircuit
                            .get(place)
                            .add(logits.toFloatArray())));
        }
        return byCircuit.stream().map(CircuitRunner::joined).toList();
    }

    private static float[] joined(List<float[]> pieces) {
        FloatBuffer joined = FloatBuffer.allocate(
                pieces.stream().mapToInt(piece -> piece.length).reduce(0, Math::addExact));
        pieces.forEach(joined::put);
        return joined.array();
    }

    /**
     * Runs every circuit on a batch, in order.
     *
     * @param outputs takes the logits of each, by its place in the list
     */
    public void run(PatchableModel model, PromptBatch batch, CircuitLogits outputs) {
        run(model, batch, BatchAblation.of(ablation, model, BatchPieces.whole(batch)), outputs);
    }

    /**
     * Runs every circuit on a piece of a batch, in order.
     *
     * @param outputs takes the logits of each, by its place in the list
     */
    void run(PatchableModel model, PromptBatch piece, BatchAblation ablated, CircuitLogits outputs) {
        run(model, piece, ablated, circuits, outputs);
    }

    /**
     * Runs sets of edges, or of nodes or neurons, on a piece of a batch, in order.
     *
     * @param outputs takes the logits of each, by its place among them
     */
    void run(
            PatchableModel model,
            PromptBatch piece,
            BatchAblation ablated,
            List<? extends EdgeSet> sets,
            CircuitLogits outputs) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Tokens tokens = model.tokens(piece, input());
            NDArray patch = ablated.on(model, piece);
            if (scores instanceof NodeScores nodes) {
                Iterable<NodeMask> masks = () ->
                        sets.stream().map(set -> set.mask(nodes, patchType)).iterator();
                new PatchedRuns(model).nodeCircuits(tokens, patch, masks, outputs);
            } else {
                new PatchedRuns(model).circuits(tokens, patch, origin(), masks(sets), outputs);
            }
        }
    }

    /** The prompts that run. */
    PromptSide input() {
        return patchSide(patchType, reverseCleanCorrupt).other();
    }

    PatchOrigin origin() {
        return ablation.ablation().type().origin();
    }

    /** The patch mask of each set of edges, computed when it is asked for. */
    Iterable<EdgeMask> masks(List<? extends EdgeSet> sets) {
        PruneScores edges = (PruneScores) scores;
        return () -> sets.stream().map(set -> set.mask(edges, patchType)).iterator();
    }
}
