package io.edgewise.circuit;

import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import java.util.ArrayList;
import java.util.List;

/** How long each circuit of a sweep takes on a batch, the ablation activations, which they share, left out. */
public final class CircuitTiming {
    private static final double NANOSECONDS = 1e9;

    private CircuitTiming() {}

    /** @return seconds a circuit, of all but the first, during which the ablation activations are made */
    public static List<Double> seconds(CircuitRunner runner, PatchableModel model, PromptBatch batch) {
        List<Long> ends = new ArrayList<>();
        runner.run(model, batch, (place, logits) -> {
            logits.toFloatArray();
            ends.add(System.nanoTime());
        });
        List<Double> seconds = new ArrayList<>();
        for (int place = 1; place < ends.size(); place++) {
            seconds.add((ends.get(place) - ends.get(place - 1)) / NANOSECONDS);
        }
        return seconds;
    }
}
