package io.edgewise.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.ablation.BatchAblation;
import io.edgewise.metric.CircuitMetric;
import io.edgewise.metric.FullModel;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures circuits of several sizes. Metrics are computed where a circuit runs; only their sums over the batch's prompts
 * leave, circuit by circuit and in it metric by metric.
 */
public record CircuitSweep(CircuitRunner runner, List<CircuitMetric> metrics) implements Serializable {
    public CircuitSweep {
        metrics = List.copyOf(metrics);
    }

    /** Runs and measures every circuit on one batch. */
    public BatchVector measure(PatchableModel model, BatchPieces batch) {
        double[] sums = new double[sumCount()];
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            BatchAblation ablated = BatchAblation.of(runner.ablation(), model, batch);
            batch.pieces().forEach(piece -> add(model, piece, ablated, sums));
        }
        return new BatchVector(batch.whole().index(), batch.whole().size(), sums);
    }

    /** The same of a batch that fits into memory whole. */
    public BatchVector measure(PatchableModel model, PromptBatch batch) {
        return measure(model, BatchPieces.whole(batch));
    }

    private void add(PatchableModel model, PromptBatch piece, BatchAblation ablated, double[] sums) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            FullModel full = FullModel.on(model, piece);
            runner.run(model, piece, ablated, (place, logits) -> {
                double[] measured = measure(logits, full);
                for (int sum = 0; sum < measured.length; sum++) {
                    sums[place * measured.length + sum] += measured[sum];
                }
            });
        }
    }

    private double[] measure(NDArray logits, FullModel full) {
        return metrics.stream()
                .flatMapToDouble(metric -> Arrays.stream(metric.measure(logits, full)))
                .toArray();
    }

    /** The measurements, from the sums over all batches. */
    public List<Measurement> finish(double[] sums, long prompts) {
        List<Measurement> measurements = new ArrayList<>();
        int start = 0;
        for (Circuit circuit : runner.circuits()) {
            for (CircuitMetric metric : metrics) {
                double[] own = Arrays.copyOfRange(sums, start, start + metric.sums());
                measurements.add(new Measurement(circuit, metric.name(), metric.finish(own, prompts), prompts));
                start += metric.sums();
            }
        }
        return measurements;
    }

    /** Sums that leave a batch. */
    public int sumCount() {
        return Math.multiplyExact(
                runner.circuits().size(),
                metrics.stream().mapToInt(CircuitMetric::sums).sum());
    }
}
