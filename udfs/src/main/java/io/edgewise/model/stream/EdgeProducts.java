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
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of every edge's mask: the product of the gradient at its destination's input with what the mask puts there, summed over
 * prompts, positions and dimensions. The sums stay on the device until all are asked for: reading from a GPU earlier would leave it idle.
 */
final class EdgeProducts {
    /** How many bytes of gradients are made at a time: larger arrays are allocated anew by the system each time, page by page. */
    private static final long BYTES_AT_A_TIME = 24L << 20;

    /** The same on a GPU: PyTorch keeps its memory, and few large operations keep it busier than many small ones. */
    private static final long GPU_BYTES_AT_A_TIME = 512L << 20;

    private final SourceOutputs differences;
    private final int runs;
    private final boolean ofEachPrompt;
    private final KeptArrays kept;
    private final List<Sum> sums = new ArrayList<>();

    /**
     * The products of neighbouring destinations, summed over the prompts so far.
     *
     * @param products {@code [seq?, row, source]}, in double precision
     * @param ofEachPrompt the same without the sum over prompts, {@code [prompt, seq?, row, source]}; empty where that isn't asked for
     */
    private record Sum(List<Tap> group, NDArray products, List<NDArray> ofEachPrompt) {}

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
            int row = 0;
            for (NDArray some : sum.ofEachPrompt()) {
                for (int prompt = 0; prompt < some.getShape().get(0); prompt++, row++) {
                    NDArray products = some.get(prompt);
                    double[] ofOne = found[row % prompts];
                    KeptArrays.none(() -> addTo(ofOne, sum.group(), products.toType(DataType.FLOAT64, true)));
                }
            }
        }
        return found;
    }

    /** Adds destinations, in the order of the layers. Neighbours whose sources begin at the same one share a pass over the sources. */
    void add(List<Tap> taps) {
        int first = 0;
        for (int next = 1; next <= taps.size(); next++) {
            if (next == taps.size() || source(taps.get(next)) != source(taps.get(first))) {
                List<Tap> group = taps.subList(first, next);
                KeptArrays.none(() -> add(group, null));
                first = next;
            }
        }
    }

    private static int source(Tap tap) {
        return tap.first().firstSource();
    }

    /**
     * Adds destinations whose sources begin at the same one.
     *
     * @param sum filled with the sum of the gradients at all their inputs, {@code [run b, s, d]}; null where it isn't asked for
     */
    void add(List<Tap> group, @Nullable NDArray sum) {
        List<InputGradients> gradients = group.stream().map(Tap::gradients).toList();
        int rows = gradients.stream().mapToInt(InputGradients::rows).sum();
        Shape residual = differences.array().getShape().slice(1);
        long prompts = residual.get(0);
        long bytesPerPrompt = 4L * rows * residual.size() / prompts;
        boolean onGpu = differences.array().getDevice().isGpu();
        long step = Math.max(1, Math.min(prompts, (onGpu ? GPU_BYTES_AT_A_TIME : BYTES_AT_A_TIME) / bytesPerPrompt));
        NDArray whole = null;
        List<NDArray> parts = new ArrayList<>();
        for (long first = 0; first < prompts; first += step) {
            long from = first;
            long to = Math.min(prompts, from + step);
            NDArray before = whole;
            whole = KeptArrays.only(() -> {
                Shape shape = new Shape(rows, to - from).addAll(residual.slice(1));
                NDArray all = written(gradients, from, to, shape, sum);
                for (long run = 1; run < runs; run++) {
                    try (NDArray more = written(gradients, run * prompts + from, run * prompts + to, shape, sum)) {
                        InPlace.add(more, all);
                    }
                }
                NDArray changes = changes(group, from, to);
                if (ofEachPrompt) {
                    parts.add(kept.keep(layout().productOfEachPrompt(all, changes)));
                }
                return added(before, layout().product(all, changes));
            });
        }
        sums.add(new Sum(group, kept.keep(Objects.requireNonNull(whole, "prompts")), parts));
    }

    private static NDArray added(@Nullable NDArray sum, NDArray products) {
        if (sum == null) {
            return products.toType(DataType.FLOAT64, true);
        }
        InPlace.add(products, sum);
        return sum;
    }

    /**
     * The rows of the prompts {@code [from, to)} of all runs, one under another.
     *
     * @param sum gets the sum of the rows at these prompts; null where it isn't asked for
     */
    private NDArray written(List<InputGradients> gradients, long from, long to, Shape shape, @Nullable NDArray sum) {
        NDArray all = differences.array().getManager().create(shape, DataType.FLOAT32);
        int row = 0;
        for (InputGradients each : gradients) {
            each.write(from, to, all.get("{}:{}", row, row + each.rows()));
            row += each.rows();
        }
        if (sum != null) {
            InPlace.sum(all, sum.get("{}:{}", from, to));
        }
        return all;
    }

    /**
     * What masks put in: the changes of the sources of the group's last module, which has all sources of the group,
     * {@code [source, batch, seq, d_model]}.
     */
    private NDArray changes(List<Tap> group, long from, long to) {
        return differences.of(group.get(group.size() - 1).first()).get(":, {}:{}", from, to);
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
