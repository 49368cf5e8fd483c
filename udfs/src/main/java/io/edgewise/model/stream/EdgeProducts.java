package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.DestinationModule;
import io.edgewise.model.layer.InputGradients;
import io.edgewise.model.layer.Tap;
import io.edgewise.model.torch.InPlace;
import io.edgewise.model.torch.KeptArrays;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of every edge's mask: the product of the gradient at its destination's input with what the mask puts there, summed over
 * prompts, positions and dimensions. The sums stay on the device until all are asked for: reading from a GPU earlier would leave it idle.
 *
 * <p>A product reads the changes of all earlier sources, which takes longer than multiplying them with the inputs of one block's heads. So the
 * gradients of a few blocks wait, and are multiplied together.
 */
final class EdgeProducts {
    /** How many inputs are multiplied at a time: more would not be faster, and multiply more sources with destinations before them. */
    private static final int ROWS = 160;
    /** How many bytes of gradients wait, at least; they may take as much as the changes do. */
    private static final long BYTES = 64L << 20;
    /** The same on a GPU, which few large operations keep busier than many small ones, whatever their number of rows. */
    private static final long GPU_BYTES = 512L << 20;

    private final SourceOutputs differences;
    private final int runs;
    private final boolean ofEachPrompt;
    private final KeptArrays kept;
    private final List<Sum> sums = new ArrayList<>();
    private final List<Tap> waiting = new ArrayList<>();
    private int rowsWaiting;
    private @Nullable NDArray room;

    /**
     * The products of neighbouring destinations, summed over the prompts.
     *
     * @param products {@code [seq?, row, source]}, in double precision
     * @param ofEachPrompt the same without the sum over prompts, {@code [prompt, seq?, row, source]}; null where that isn't asked for
     */
    private record Sum(List<Tap> group, NDArray products, @Nullable NDArray ofEachPrompt) {}

    /**
     * @param differences {@code patch - current} of every source
     * @param runs how many times the gradients' pass runs the prompts, one run after another; all runs have the same differences
     * @param ofEachPrompt whether the products of each prompt are made too
     * @param kept holds the sums, and frees them
     */
    EdgeProducts(SourceOutputs differences, int runs, boolean ofEachPrompt, KeptArrays kept) {
        this.differences = differences;
        this.runs = runs;
        this.ofEachPrompt = ofEachPrompt;
        this.kept = kept;
    }

    /** One number per edge, in canonical order; 0 where its destination's tap wasn't added. */
    double[] found() {
        multiply();
        double[] found = new double[differences.graph().edgeCount()];
        sums.forEach(sum -> addTo(found, sum.group(), sum.products()));
        return found;
    }

    /**
     * One number per edge of each prompt, {@code [prompt][edge]}.
     *
     * @param prompts how many prompts the batch has; where a pass repeats the batch, the repetitions of a prompt are summed
     */
    double[][] foundOfEach(int prompts) {
        double[][] found = new double[prompts][differences.graph().edgeCount()];
        for (Sum sum : sums) {
            NDArray products = Objects.requireNonNull(sum.ofEachPrompt(), "products of each prompt");
            for (int row = 0; row < products.getShape().get(0); row++) {
                NDArray ofRow = products.get(row);
                double[] ofOne = found[row % prompts];
                KeptArrays.none(() -> addTo(ofOne, sum.group(), ofRow.toType(DataType.FLOAT64, true)));
            }
        }
        return found;
    }

    /** Adds destinations. */
    void add(List<Tap> taps) {
        taps.forEach(tap -> KeptArrays.none(() -> add(tap, null)));
    }

    /**
     * Adds the destinations of a tap.
     *
     * @param sum filled with the sum of the gradients at all their inputs, {@code [run b, s, d]}; null where it isn't asked for
     */
    void add(Tap tap, @Nullable NDArray sum) {
        InputGradients gradients = tap.gradients();
        NDArray into = roomFor(tap, gradients.rows());
        long prompts = into.getShape().get(1);
        write(gradients, 0, prompts, into, sum);
        for (long run = 1; run < runs; run++) {
            try (NDArray more = into.getManager().create(into.getShape(), DataType.FLOAT32)) {
                write(gradients, run * prompts, (run + 1) * prompts, more, sum);
                InPlace.add(more, into);
            }
        }
        waiting.add(tap);
    }

    /** The rows of the prompts {@code [from, to)} of all runs, and their sum. */
    private static void write(InputGradients gradients, long from, long to, NDArray into, @Nullable NDArray sum) {
        gradients.write(from, to, into);
        if (sum != null) {
            InPlace.sum(into, sum.get("{}:{}", from, to));
        }
    }

    /** Where the gradients of a tap wait, {@code [row, batch, seq, d_model]}. What waits already is multiplied first where there is no more room. */
    private NDArray roomFor(Tap tap, int rows) {
        Shape row = differences.array().getShape().slice(1);
        boolean hasOtherSources = !waiting.isEmpty()
                && waiting.get(0).first().firstSource() != tap.first().firstSource();
        boolean isFull = room != null && rowsWaiting + rows > room.getShape().get(0);
        if (hasOtherSources || isFull) {
            multiply();
        }
        NDArray all = room;
        if (all == null || all.getShape().get(0) < rows) {
            if (all != null) {
                all.close();
            }
            Shape shape = new Shape(Math.max(rows, rows(row))).addAll(row);
            all = kept.keep(differences.array().getManager().create(shape, DataType.FLOAT32));
            room = all;
        }
        NDArray free = all.get("{}:{}", rowsWaiting, rowsWaiting + rows);
        rowsWaiting += rows;
        return free;
    }

    /** How many rows there is room for. */
    private long rows(Shape row) {
        boolean onGpu = differences.array().getDevice().isGpu();
        long bytes = Math.max(onGpu ? GPU_BYTES : BYTES, 4 * differences.array().size());
        int all = differences.graph().modules().stream()
                .mapToInt(DestinationModule::destinations)
                .sum();
        return Math.min(onGpu ? all : Math.min(all, ROWS), bytes / (4 * row.size()));
    }

    /** Multiplies what waits with the changes of the sources. */
    private void multiply() {
        if (waiting.isEmpty()) {
            return;
        }
        DestinationModule last = waiting.stream()
                .map(Tap::first)
                .max(Comparator.comparingInt(DestinationModule::sources))
                .orElseThrow();
        NDArray changes = differences.of(last);
        NDArray rows = Objects.requireNonNull(room).get("0:{}", rowsWaiting);
        NDArray products = kept.keep(KeptArrays.only(() -> layout().preciseProduct(rows, changes)));
        NDArray each =
                ofEachPrompt ? kept.keep(KeptArrays.only(() -> layout().productOfEachPrompt(rows, changes))) : null;
        sums.add(new Sum(List.copyOf(waiting), products, each));
        waiting.clear();
        rowsWaiting = 0;
    }

    private EdgeLayout layout() {
        return EdgeLayout.of(differences.graph());
    }

    /** Adds products to their edges; a module's edges are consecutive. */
    private void addTo(double[] found, List<Tap> group, NDArray products) {
        int positions = differences.graph().positions();
        int perPosition = differences.graph().edgesPerPosition();
        double[] values = products.toDoubleArray();
        Shape shape = products.getShape();
        int columns = (int) shape.get(shape.dimension() - 1);
        int rows = (int) shape.get(shape.dimension() - 2);
        int row = 0;
        for (Tap tap : group) {
            DestinationModule first = tap.first();
            for (int i = 0; i < tap.destinations() * positions; i++) {
                int position = i / tap.destinations();
                int destination = i % tap.destinations();
                int from = (position * rows + row + destination) * columns;
                int to = position * perPosition + first.offset() + destination * first.sources();
                for (int source = 0; source < first.sources(); source++) {
                    found[to + source] += values[from + source];
                }
            }
            row += tap.destinations();
        }
    }
}
