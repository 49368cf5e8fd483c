package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.DestinationModule;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient of every edge's mask: the product of the gradient at its destination's input with what the mask puts there, summed over
 * prompts, positions and dimensions.
 *
 * @param differences {@code patch - current} of every source
 */
record EdgeProducts(SourceOutputs differences) {
    /** Gradients of so many bytes are made at a time: larger arrays come from the system anew each time, page by page. */
    private static final long BYTES_AT_A_TIME = 24L << 20;

    /** @return one number an edge, in canonical order */
    double[] of(List<Tap> taps) {
        double[] found = new double[differences.graph().edgeCount()];
        for (List<Tap> group : groups(taps)) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                add(group, found);
            }
        }
        return found;
    }

    /** What stands alone joins the heads that follow: one pass over the sources serves both. */
    private static List<List<Tap>> groups(List<Tap> taps) {
        List<List<Tap>> groups = new ArrayList<>();
        List<Tap> open = new ArrayList<>();
        for (Tap tap : taps) {
            if (!open.isEmpty()
                    && open.get(0).first().firstSource() != tap.first().firstSource()) {
                groups.add(open);
                open = new ArrayList<>();
            }
            open.add(tap);
            if (tap.heads() != null) {
                groups.add(open);
                open = new ArrayList<>();
            }
        }
        if (!open.isEmpty()) {
            groups.add(open);
        }
        return groups;
    }

    private void add(List<Tap> group, double[] found) {
        List<InputGradients> gradients = group.stream().map(Tap::gradients).toList();
        int rows = gradients.stream().mapToInt(InputGradients::rows).sum();
        Shape residual = differences.array().getShape().slice(1);
        long prompts = residual.get(0);
        long bytesPerPrompt = 4 * rows * residual.size() / prompts;
        long step = Math.max(1, Math.min(prompts, BYTES_AT_A_TIME / bytesPerPrompt));
        for (long from = 0; from < prompts; from += step) {
            long to = Math.min(prompts, from + step);
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                Shape shape = new Shape(rows, to - from).addAll(residual.slice(1));
                NDArray all = differences.array().getManager().create(shape, DataType.FLOAT32);
                int row = 0;
                for (InputGradients each : gradients) {
                    each.write(from, to, all.get("{}:{}", row, row + each.rows()));
                    row += each.rows();
                }
                add(group, product(group, all, from, to), found);
            }
        }
    }

    /** {@code [seq?, row, source]} over the sources of the group's last module, which has them all. */
    private NDArray product(List<Tap> group, NDArray gradients, long from, long to) {
        NDArray changes = differences.of(group.get(group.size() - 1).first()).get(":, {}:{}", from, to);
        return EdgeLayout.of(differences.graph()).product(gradients, changes);
    }

    /** Adds the products to their edges; a module's are neighbours in edge order. */
    private void add(List<Tap> group, NDArray products, double[] found) {
        int positions = differences.graph().positions();
        int perPosition = differences.graph().edgesPerPosition();
        float[] values = products.toFloatArray();
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
