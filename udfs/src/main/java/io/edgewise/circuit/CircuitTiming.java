package io.edgewise.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.graph.EdgeMask;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.PatchedRuns;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.torch.DeviceWork;
import io.edgewise.prompt.PromptBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a sweep's circuits take on a batch. The time of the shared ablation activations isn't counted.
 *
 * @param alone seconds of each circuit run by itself
 * @param together seconds of all circuits as a sweep runs them; each one's logits are waited for, and stay on the device
 */
public record CircuitTiming(List<Double> alone, double together) {
    private static final double NANOSECONDS = 1e9;

    public CircuitTiming {
        alone = List.copyOf(alone);
    }

    /** Runs all circuits, one by one and then together. */
    public static CircuitTiming of(CircuitRunner runner, PatchableModel model, PromptBatch batch) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Tokens tokens = model.tokens(batch, runner.input());
            NDArray patch = runner.ablation().on(model, batch);
            Iterable<EdgeMask> masks = runner.masks(runner.circuits());
            List<Double> alone = new ArrayList<>();
            for (EdgeMask mask : masks) {
                alone.add(seconds(runner, model, tokens, patch, List.of(mask)));
            }
            return new CircuitTiming(alone, seconds(runner, model, tokens, patch, masks));
        }
    }

    private static double seconds(
            CircuitRunner runner, PatchableModel model, Tokens tokens, NDArray patch, Iterable<EdgeMask> masks) {
        long start = System.nanoTime();
        new PatchedRuns(model)
                .circuits(tokens, patch, runner.origin(), masks, (place, logits) -> DeviceWork.await(logits));
        return (System.nanoTime() - start) / NANOSECONDS;
    }
}
