package io.edgewise.selection;

import io.edgewise.graph.NodePaths;
import java.util.Arrays;

/**
 * A bound on the total of every connected circuit of a size: the value of a {@link Relaxation} at prices that subgradient steps of Polyak's
 * length find. On the way the core is settled, which lowers the bound further.
 */
final class DualBound {
    /** How many steps are taken at once. */
    private static final int STEPS = 250;

    private static final int STEPS_BETWEEN_SETTLING = 25;

    /** Steps without progress after which they are made half as long. */
    private static final int PATIENCE = 30;

    /** The least part of the way to the known total that counts as progress. */
    private static final double PROGRESS = 1e-3;

    private static final double SHORTEST = 1e-4;

    private final RankedGraph graph;
    private final NodePaths paths;
    private final Core core;
    private final Relaxation relaxation;
    private final Prices prices;
    private final Prices best;

    // Of the relaxed program's last solution: whether nodes are used, edges into nodes, and used nodes that
    // destinations feed.
    private final int[] used;
    private final int[] into;
    private final int[] usedAfter;

    private int[] edges;
    private double bound;
    private double length = 1;
    private int waited;

    DualBound(RankedGraph graph, int size) {
        this.graph = graph;
        paths = graph.paths();
        core = new Core(graph, size);
        relaxation = new Relaxation(core);
        used = new int[graph.sourceCount()];
        into = new int[graph.sourceCount()];
        usedAfter = new int[graph.destinationCount()];
        edges = core.edges();
        prices = new Prices(graph);
        prices.ofEdges = graph.strength(size - 1);
        best = new Prices(graph);
        best.set(prices);
        bound = relaxation.solve(prices, edges);
    }

    /** A number that no circuit's total is above, unless it is not above that of a known circuit either. */
    double bound() {
        return bound;
    }

    /** What is settled about circuits with a total above that of a known one. */
    Core core(double total) {
        settle(total);
        return core;
    }

    /**
     * Lowers the bound by some steps, or until it is near the total of a known circuit.
     *
     * @return whether more steps may lower it further
     */
    boolean lower(double total, double tolerance, Deadline deadline) {
        settle(total);
        double value = relaxation.solve(prices, edges);
        for (int step = 1; step <= STEPS && length > SHORTEST && !deadline.isOver(); step++) {
            waited = value < bound - PROGRESS * (bound - total) ? 0 : waited + 1;
            if (value < bound) {
                bound = value;
                best.set(prices);
            }
            if (bound - total <= tolerance) {
                return false;
            }
            if (waited > PATIENCE) {
                waited = 0;
                length /= 2;
                prices.set(best);
                value = relaxation.solve(prices, edges);
            }
            if (step % STEPS_BETWEEN_SETTLING == 0) {
                settle(total);
                value = relaxation.solve(prices, edges);
            }
            move(length * (value - total));
            value = relaxation.solve(prices, edges);
        }
        return length > SHORTEST && !deadline.isOver();
    }

    private void settle(double total) {
        double value = relaxation.solve(best, edges);
        bound = Math.min(bound, value);
        new Settling(core, relaxation, best, value - total).settle(edges);
        edges = core.edges();
        prices.drop(core);
        best.drop(core);
    }

    /** Moves the prices against the subgradient, by {@code scale} over its squared length. */
    private void move(double scale) {
        count();
        double square = squaredLength();
        if (square > 0) {
            step(scale / square);
        }
    }

    private void count() {
        Arrays.fill(into, 0);
        Arrays.fill(usedAfter, 0);
        for (int node = 0; node < used.length; node++) {
            used[node] = relaxation.isUsed(node) ? 1 : 0;
        }
        for (int destination = 0; destination < usedAfter.length; destination++) {
            for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
                usedAfter[destination] += used[fed];
                into[fed] += relaxation.edgesInto(destination);
            }
        }
    }

    private double squaredLength() {
        int missing = core.size() - relaxation.edgesIn();
        double square = (double) missing * missing;
        for (int node = 0; node < used.length; node++) {
            square += paths.isFirst(node) ? 0 : square(into[node] - used[node], prices.in[node]);
            square += square(relaxation.edgesOutOf(node) - used[node], prices.out[node]);
        }
        for (int rank : edges) {
            int in = relaxation.isIn(rank) ? 1 : 0;
            if (!core.isSure(graph.source(rank))) {
                square += square(used[graph.source(rank)] - in, prices.source[rank]);
            }
            if (!core.leadsOn(graph.destination(rank))) {
                square += square(usedAfter[graph.destination(rank)] - in, prices.fed[rank]);
            }
        }
        return square;
    }

    private void step(double step) {
        prices.ofEdges -= step * (core.size() - relaxation.edgesIn());
        for (int node = 0; node < used.length; node++) {
            if (!paths.isFirst(node)) {
                prices.in[node] = Math.max(0, prices.in[node] - step * (into[node] - used[node]));
            }
            prices.out[node] = Math.max(0, prices.out[node] - step * (relaxation.edgesOutOf(node) - used[node]));
        }
        for (int rank : edges) {
            int in = relaxation.isIn(rank) ? 1 : 0;
            if (!core.isSure(graph.source(rank))) {
                prices.source[rank] = Math.max(0, prices.source[rank] - step * (used[graph.source(rank)] - in));
            }
            if (!core.leadsOn(graph.destination(rank))) {
                prices.fed[rank] = Math.max(0, prices.fed[rank] - step * (usedAfter[graph.destination(rank)] - in));
            }
        }
    }

    /** What a price's part of the subgradient adds to its squared length: nothing where the price can't fall. */
    private static double square(double part, double price) {
        return part > 0 && price <= 0 ? 0 : part * part;
    }

    /** The nodes that the relaxed program uses at the best prices. */
    boolean[] nodes() {
        relaxation.solve(best, edges);
        boolean[] nodes = new boolean[graph.sourceCount()];
        for (int node = 0; node < nodes.length; node++) {
            nodes[node] = relaxation.isUsed(node);
        }
        return nodes;
    }
}
