package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.layer.LastPosition;
import io.edgewise.model.torch.InPlace;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One circuit's run, as its difference from a base: its listed edges, the sources that write into them, and how much these change what is read. A
 * destination reads the base, which is the same for all destinations of its layer, plus the changes of the sources of its listed edges.
 */
final class CircuitNodes {
    private final boolean[] listed;
    /** A source's row of the changes; -1 for one that isn't needed. */
    private final int[] rows;

    private final int count;
    private @Nullable NDArray changes;

    private CircuitNodes(boolean[] listed, boolean[] needed) {
        this.listed = listed;
        this.rows = new int[needed.length];
        int next = 0;
        for (int source = 0; source < needed.length; source++) {
            rows[source] = needed[source] ? next++ : -1;
        }
        this.count = next;
    }

    /** The nodes of a run in which everything is computed. The patched edges are listed. */
    static CircuitNodes patched(ModelGraph graph, EdgeMask mask) {
        boolean[] listed = listed(mask, 1);
        boolean[] needed = new boolean[graph.sources().size()];
        for (DestinationModule module : graph.modules()) {
            for (int edge = 0; edge < module.edges(); edge++) {
                needed[module.firstSource() + edge % module.sources()] |= listed[module.offset() + edge];
            }
        }
        return new CircuitNodes(listed, needed);
    }

    /**
     * The nodes of a run in which what isn't computed carries its ablation. The edges that aren't patched are listed.
     *
     * @param isComputed for every source, whether its output matters and isn't its ablation
     */
    static CircuitNodes kept(EdgeMask mask, boolean[] isComputed) {
        return new CircuitNodes(listed(mask, 0), isComputed);
    }

    private static boolean[] listed(EdgeMask mask, double value) {
        boolean[] listed = new boolean[mask.values().size()];
        for (int edge = 0; edge < listed.length; edge++) {
            listed[edge] = mask.values().get(edge) == value;
        }
        return listed;
    }

    /** How many sources are needed. */
    int count() {
        return count;
    }

    boolean needs(int source) {
        return rows[source] >= 0;
    }

    /** Those of some sources that are needed, by their places in the list. */
    List<Integer> needed(List<Integer> sources) {
        return IntStream.range(0, sources.size())
                .filter(place -> needs(sources.get(place)))
                .boxed()
                .toList();
    }

    /** Makes room for the changes, {@code [needed source, batch, seq, d_model]}, behind a row for the base. */
    void open(NDManager manager, Shape residual) {
        if (count > 0) {
            changes = manager.create(new Shape(1 + count).addAll(residual));
        }
    }

    /** Keeps the changes at the last position alone. */
    void narrowToLast() {
        if (count > 0) {
            try (NDArray whole = all()) {
                changes = LastPosition.of(whole).duplicate();
            }
        }
    }

    /** Where the changes of some needed sources are, {@code [n, batch, seq, d_model]}. The sources must be consecutive among the needed ones. */
    NDArray changes(List<Integer> sources) {
        int first = 1 + rows[sources.get(0)];
        return all().get("{}:{}", first, first + sources.size());
    }

    /** The destinations of a module that don't read the base. */
    List<Integer> touched(DestinationModule module) {
        return IntStream.range(0, module.destinations())
                .filter(row -> IntStream.range(0, module.sources()).anyMatch(source -> reads(module, row, source)))
                .boxed()
                .toList();
    }

    private boolean reads(DestinationModule module, int row, int source) {
        return rows[module.firstSource() + source] >= 0 && listed[module.offset() + row * module.sources() + source];
    }

    /** Destinations of a module, by their rows. */
    record Rows(DestinationModule module, List<Integer> rows) {
        Rows {
            rows = List.copyOf(rows);
        }
    }

    /** What a module's one destination reads, whether it is touched or not. */
    void read(DestinationModule module, NDArray base, NDArray into) {
        read(List.of(new Rows(module, List.of(0))), null, base, into);
    }

    /**
     * What some destinations read.
     *
     * @param destinations of modules that read the same sources
     * @param later a module with one destination that reads these sources too, and later ones; null for none
     * @param base {@code [batch, seq, d_model]}
     * @param into {@code [destination, batch, seq, d_model]}, module by module; last, what the later destination reads of these sources, without the
     *     base
     */
    void read(List<Rows> destinations, @Nullable DestinationModule later, NDArray base, NDArray into) {
        DestinationModule any = destinations.get(0).module();
        int filled = filledBefore(any.firstSource() + any.sources());
        int all = Math.toIntExact(into.getShape().get(0));
        int columns = 1 + filled;
        float[] chosen = new float[all * columns];
        int next = 0;
        for (Rows each : destinations) {
            for (int row : each.rows()) {
                chosen[next * columns] = 1;
                choose(each.module(), row, any, chosen, next * columns + 1);
                next++;
            }
        }
        if (later != null) {
            choose(later, 0, any, chosen, next * columns + 1);
        }
        if (filled == 0) {
            InPlace.copy(base, into);
            return;
        }
        NDArray read = all().get("0:{}", columns);
        InPlace.copy(base, read.get(0));
        InPlace.matrixProduct(
                base.getManager().create(chosen, new Shape(all, columns)),
                read.reshape(columns, -1),
                into.reshape(all, -1));
    }

    /** Marks the sources of a destination's listed edges, as far as another module reads them. */
    private void choose(DestinationModule module, int row, DestinationModule as, float[] chosen, int first) {
        for (int source = 0; source < as.sources(); source++) {
            if (reads(module, row, source)) {
                chosen[first + rows[module.firstSource() + source]] = 1;
            }
        }
    }

    /** How many needed sources there are before one. */
    private int filledBefore(int source) {
        return (int) Arrays.stream(rows, 0, source).filter(row -> row >= 0).count();
    }

    /**
     * What a module's one destination reads, from what it reads of earlier sources.
     *
     * @param from the first source that isn't among these
     * @param base with what it reads of earlier sources, {@code [batch, seq, d_model]}
     */
    void readRest(DestinationModule module, int from, NDArray base, NDArray into) {
        int first = filledBefore(from);
        int count = filledBefore(module.firstSource() + module.sources()) - first;
        if (count == 0) {
            InPlace.copy(base, into);
            return;
        }
        float[] chosen = new float[count];
        for (int source = from; source < module.firstSource() + module.sources(); source++) {
            if (reads(module, 0, source - module.firstSource())) {
                chosen[rows[source] - first] = 1;
            }
        }
        InPlace.addedProduct(
                base.reshape(1, -1),
                base.getManager().create(chosen, new Shape(1, count)),
                all().get("{}:{}", 1 + first, 1 + first + count).reshape(count, -1),
                into.reshape(1, -1));
    }

    private NDArray all() {
        return Objects.requireNonNull(changes, "opened");
    }
}
