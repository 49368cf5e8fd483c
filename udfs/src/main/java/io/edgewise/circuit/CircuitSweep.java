package io.edgewise.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.ablation.BatchAblation;
import io.edgewise.metric.AnswerPlaces;
import io.edgewise.metric.CircuitMetric;
import io.edgewise.metric.CorrectAnswerPercent;
import io.edgewise.metric.FullModel;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchNotes;
import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.RightAnswers;
import io.edgewise.uncertainty.Bootstrap;
import io.edgewise.uncertainty.Estimate;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures circuits of several sizes, and random ones to compare them with. Metrics are computed where a circuit runs, and only their sums
 * over the batch's prompts leave: circuit by circuit, for each metric by metric, random circuits last. After them come the circuits'
 * answers on the first prompts and the sums in the replicates of the bootstrap. The batch's notes say how often the whole model is right.
 *
 * @param bootstrap the bootstrap for intervals; the sums over the original prompts don't depend on it
 * @param controls the random circuits
 * @param shownPrompts how many prompts at the beginning of the first batch have their answers reported
 */
public record CircuitSweep(
        CircuitRunner runner,
        List<CircuitMetric> metrics,
        Bootstrap bootstrap,
        List<RandomCircuit> controls,
        int shownPrompts)
        implements Serializable {
    public CircuitSweep {
        metrics = List.copyOf(metrics);
        controls = List.copyOf(controls);
        if (shownPrompts < 0) {
            throw new IllegalArgumentException("The number of shown prompts must be at least 0, got " + shownPrompts);
        }
    }

    /** Runs and measures every circuit on one batch. */
    public BatchVector measure(PatchableModel model, BatchPieces batch) {
        double[] sums = new double[sumCount()];
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            BatchAblation ablated = BatchAblation.of(runner.ablation(), model, batch);
            int place = 0;
            RightAnswers right = RightAnswers.NONE;
            for (PromptBatch piece : batch.pieces()) {
                right = right.with(add(
                        model,
                        piece,
                        ablated,
                        new Sums(sums, place, replicates().weights(piece))));
                place += piece.size();
            }
            return new BatchVector(batch.whole().index(), batch.whole().size(), sums, BatchNotes.of(right));
        }
    }

    /** Runs and measures every circuit on a batch that fits into memory whole. */
    public BatchVector measure(PatchableModel model, PromptBatch batch) {
        return measure(model, BatchPieces.whole(batch));
    }

    /**
     * Where a piece's sums are added.
     *
     * @param place the place of the piece's first prompt in its batch
     * @param weights of its prompts in the replicates
     */
    @SuppressWarnings("ArrayRecordComponent") // to be written into
    private record Sums(double[] values, int place, int[][] weights) {}

    /** Adds a piece's sums, and says how often the whole model is right on it. */
    private RightAnswers add(PatchableModel model, PromptBatch piece, BatchAblation ablated, Sums sums) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            FullModel full = FullModel.on(model, piece);
            slots().put(sums.values(), measured(), AnswerSlots.WHOLE_MODEL, sums.place(), full.clean(), full);
            replicates().count(sums.values(), sums.weights());
            runner.run(model, piece, ablated, sets(), (place, logits) -> add(place, logits, full, sums));
            return right(full);
        }
    }

    /** The sets of edges that run, in their order. */
    private List<EdgeSet> sets() {
        return Stream.<EdgeSet>concat(runner.circuits().stream(), controls.stream())
                .toList();
    }

    private void add(int set, NDArray logits, FullModel full, Sums sums) {
        boolean isControl = set >= runner.circuits().size();
        int sum = set * sumsOfSet();
        for (CircuitMetric metric : metrics) {
            for (double[] shares : metric.measure(logits, full)) {
                sums.values()[sum] = plus(sums.values()[sum], shares);
                if (!isControl) {
                    replicates().add(sums.values(), sum, sums.weights(), shares);
                }
                sum++;
            }
        }
        if (!isControl) {
            slots().put(sums.values(), measured(), AnswerSlots.row(set), sums.place(), logits, full);
        }
    }

    /** Adds each prompt's share to a sum, in the order of the prompts. */
    private static double plus(double sum, double[] shares) {
        double all = sum;
        for (double share : shares) {
            all += share;
        }
        return all;
    }

    private static RightAnswers right(FullModel full) {
        AnswerPlaces right = full.right();
        AnswerPlaces wrong = full.wrong();
        return right == null || wrong == null
                ? RightAnswers.NONE
                : new RightAnswers(
                        CorrectAnswerPercent.right(full.clean(), right, wrong),
                        full.corrupt() == null
                                ? RightAnswers.UNKNOWN
                                : CorrectAnswerPercent.right(full.corrupt(), right, wrong),
                        AnswerPlaces.withBoth(full.batch()));
    }

    /** The circuits' measurements, from the sums over all batches. */
    public List<Measurement> finish(double[] sums, long prompts) {
        List<Measurement> measurements = new ArrayList<>();
        int start = 0;
        for (Circuit circuit : runner.circuits()) {
            for (CircuitMetric metric : metrics) {
                measurements.add(
                        new Measurement(circuit, metric.name(), estimate(metric, start, sums, prompts), prompts));
                start += metric.sums();
            }
        }
        return measurements;
    }

    private Estimate estimate(CircuitMetric metric, int start, double[] sums, long prompts) {
        ReplicateSums replicates = replicates();
        return new Estimate(
                value(metric, start, sums, prompts),
                IntStream.range(0, bootstrap.replicates())
                        .mapToObj(replicate -> metric.finish(
                                replicates.of(sums, replicate, start, metric.sums()),
                                replicates.prompts(sums, replicate)))
                        .toList());
    }

    private static double value(CircuitMetric metric, int start, double[] sums, long prompts) {
        return metric.finish(Arrays.copyOfRange(sums, start, start + metric.sums()), prompts);
    }

    /** The random circuits' measurements, from the sums over all batches. */
    public List<ControlMeasurement> finishControls(double[] sums, long prompts) {
        List<ControlMeasurement> measurements = new ArrayList<>();
        int start = runner.circuits().size() * sumsOfSet();
        for (RandomCircuit control : controls) {
            for (CircuitMetric metric : metrics) {
                measurements.add(new ControlMeasurement(control, metric.name(), value(metric, start, sums, prompts)));
                start += metric.sums();
            }
        }
        return measurements;
    }

    /** The answers on the first prompts, from the sums over all batches. */
    public List<ShownAnswer> answers(double[] sums) {
        return slots().read(sums, measured());
    }

    /** How many sums leave a batch. */
    public int sumCount() {
        ReplicateSums replicates = replicates();
        return Math.addExact(replicates.start(), replicates.length());
    }

    private AnswerSlots slots() {
        return new AnswerSlots(runner.circuits(), shownPrompts);
    }

    private ReplicateSums replicates() {
        return new ReplicateSums(
                bootstrap, runner.circuits().size() * sumsOfSet(), Math.addExact(measured(), slots().length()));
    }

    /** How many of them are sums of metrics. */
    private int measured() {
        return Math.multiplyExact(runner.circuits().size() + controls.size(), sumsOfSet());
    }

    /** How many are sums of one circuit's metrics. */
    private int sumsOfSet() {
        return metrics.stream().mapToInt(CircuitMetric::sums).sum();
    }
}
