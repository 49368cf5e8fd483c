package io.edgewise.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.ablation.BatchAblation;
import io.edgewise.check.TaskEvidence;
import io.edgewise.metric.CircuitMetric;
import io.edgewise.metric.CorrectAnswerPercent;
import io.edgewise.metric.FullModel;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Measures circuits of several sizes. Metrics are computed where a circuit runs; only their sums over the batch's prompts
 * leave, circuit by circuit and in it metric by metric, after them what is answered on the first prompts, and how often the whole model is
 * right.
 *
 * @param shownPrompts prompts at the beginning of the first batch whose answers are told
 */
public record CircuitSweep(CircuitRunner runner, List<CircuitMetric> metrics, int shownPrompts)
        implements Serializable {
    private static final CircuitMetric RIGHT = new CorrectAnswerPercent(CorrectAnswerPercent.Among.GIVEN_ANSWERS);
    private static final int TASK_SUMS = 3;

    public CircuitSweep {
        metrics = List.copyOf(metrics);
        if (shownPrompts < 0) {
            throw new IllegalArgumentException("At least no prompt is shown, got " + shownPrompts);
        }
    }

    /** Runs and measures every circuit on one batch. */
    public BatchVector measure(PatchableModel model, BatchPieces batch) {
        double[] sums = new double[sumCount()];
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            BatchAblation ablated = BatchAblation.of(runner.ablation(), model, batch);
            int place = 0;
            for (PromptBatch piece : batch.pieces()) {
                add(model, piece, ablated, new Sums(sums, place));
                place += piece.size();
            }
        }
        return new BatchVector(batch.whole().index(), batch.whole().size(), sums);
    }

    /** The same of a batch that fits into memory whole. */
    public BatchVector measure(PatchableModel model, PromptBatch batch) {
        return measure(model, BatchPieces.whole(batch));
    }

    /**
     * Where a piece's share is added.
     *
     * @param place of the piece's first prompt in its batch
     */
    @SuppressWarnings("ArrayRecordComponent") // to be written into
    private record Sums(double[] values, int place) {}

    private void add(PatchableModel model, PromptBatch piece, BatchAblation ablated, Sums sums) {
        AnswerSlots slots = slots();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            FullModel full = FullModel.on(model, piece);
            slots.put(sums.values(), measured(), AnswerSlots.WHOLE_MODEL, sums.place(), full.clean(), full);
            countRight(sums.values(), full);
            runner.run(model, piece, ablated, (place, logits) -> {
                double[] measured = measure(logits, full);
                for (int sum = 0; sum < measured.length; sum++) {
                    sums.values()[place * measured.length + sum] += measured[sum];
                }
                slots.put(sums.values(), measured(), AnswerSlots.row(place), sums.place(), logits, full);
            });
        }
    }

    private void countRight(double[] sums, FullModel full) {
        if (full.right() != null) {
            int start = sums.length - TASK_SUMS;
            sums[start] += RIGHT.measure(full.clean(), full)[0];
            sums[start + 1] += RIGHT.measure(full.corrupt(), full)[0];
            sums[start + 2] += full.batch().size();
        }
    }

    /** How well the whole model does the task, from the sums over all batches; empty where prompts have no answers. */
    public Optional<TaskEvidence> task(double[] sums) {
        int start = sums.length - TASK_SUMS;
        long prompts = Math.round(sums[start + 2]);
        return prompts == 0 ? Optional.empty() : Optional.of(new TaskEvidence(sums[start], sums[start + 1], prompts));
    }

    private AnswerSlots slots() {
        return new AnswerSlots(runner.circuits(), shownPrompts);
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

    /** What is answered on the first prompts, from the sums over all batches. */
    public List<ShownAnswer> answers(double[] sums) {
        return slots().read(sums, measured());
    }

    /** Sums that leave a batch. */
    public int sumCount() {
        return Math.addExact(Math.addExact(measured(), slots().length()), TASK_SUMS);
    }

    /** Sums of metrics. */
    private int measured() {
        return Math.multiplyExact(
                runner.circuits().size(),
                metrics.stream().mapToInt(CircuitMetric::sums).sum());
    }
}
