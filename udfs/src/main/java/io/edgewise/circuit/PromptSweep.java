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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures circuits on each prompt by itself, as {@link CircuitSweep} would if there were no other prompt.
 *
 * @param faithfulness whether faithfulness is measured too; then one of the circuits must have no edge, one must have all, and one of the
 *     metrics must be {@link Faithfulness#DIFFERENCE}
 */
public record PromptSweep(CircuitRunner runner, List<CircuitMetric> metrics, boolean faithfulness)
        implements Serializable {
    public PromptSweep {
        metrics = List.copyOf(metrics);
    }

    /** The names of what is measured for each circuit. */
    private List<String> names() {
        List<String> names =
                new ArrayList<>(metrics.stream().map(CircuitMetric::name).toList());
        if (faithfulness) {
            names.add(Faithfulness.NAME);
        }
        return names;
    }

    /**
     * Runs and measures every circuit on one batch.
     *
     * @return row-major {@code [circuit, metric, prompt]}
     */
    public BatchVector measure(PatchableModel model, BatchPieces batch) {
        int rows = Math.multiplyExact(runner.circuits().size(), names().size());
        double[][] values = new double[rows][batch.whole().size()];
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            BatchAblation ablated = BatchAblation.of(runner.ablation(), model, batch);
            int place = 0;
            for (PromptBatch piece : batch.pieces()) {
                measure(model, piece, ablated, new Piece(values, place));
                place += piece.size();
            }
        }
        if (faithfulness) {
            addFaithfulness(values);
        }
        return new BatchVector(
                batch.whole().index(),
                batch.whole().size(),
                Stream.of(values).flatMapToDouble(Arrays::stream).toArray());
    }

    /**
     * Where a piece's values are stored.
     *
     * @param values {@code [circuit and metric][prompt of the batch]}
     * @param place the place of the piece's first prompt in the batch
     */
    @SuppressWarnings("ArrayRecordComponent") // to be written into
    private record Piece(double[][] values, int place) {}

    private void measure(PatchableModel model, PromptBatch piece, BatchAblation ablated, Piece into) {
        int columns = names().size();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            FullModel full = FullModel.on(model, piece);
            runner.run(model, piece, ablated, (circuit, logits) -> {
                for (int metric = 0; metric < metrics.size(); metric++) {
                    double[] each = each(metrics.get(metric), logits, full);
                    System.arraycopy(each, 0, into.values()[circuit * columns + metric], into.place(), each.length);
                }
            });
        }
    }

    private static double[] each(CircuitMetric metric, NDArray logits, FullModel full) {
        double[][] shares = metric.measure(logits, full);
        return IntStream.range(0, full.batch().size())
                .mapToDouble(prompt -> metric.finish(
                        Stream.of(shares).mapToDouble(sum -> sum[prompt]).toArray(), 1))
                .toArray();
    }

    private void addFaithfulness(double[][] values) {
        int columns = names().size();
        int difference = metrics.indexOf(Faithfulness.DIFFERENCE);
        double[] none = values[circuitOf(0) * columns + difference];
        double[] all = values[circuitOf(runner.scores().size()) * columns + difference];
        for (int row = 0; row < values.length; row += columns) {
            double[] circuit = values[row + difference];
            Arrays.setAll(
                    values[row + columns - 1],
                    prompt -> Faithfulness.share(circuit[prompt], none[prompt], all[prompt]));
        }
    }

    private int circuitOf(int edges) {
        List<Circuit> circuits = runner.circuits();
        return IntStream.range(0, circuits.size())
                .filter(circuit -> circuits.get(circuit).requestedEdges() == edges)
                .findFirst()
                .orElseThrow();
    }

    /**
     * The measurements, circuit by circuit.
     *
     * @param batch what {@link #measure} returned
     */
    public Stream<PromptMeasurement> read(BatchVector batch) {
        List<String> names = names();
        int prompts = batch.prompts();
        return IntStream.range(0, batch.values().length)
                .mapToObj(at -> new PromptMeasurement(
                        runner.circuits().get(at / prompts / names.size()),
                        names.get(at / prompts % names.size()),
                        at % prompts,
                        batch.values()[at]));
    }
}
