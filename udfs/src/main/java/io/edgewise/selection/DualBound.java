package io.edgewise.selection;

import io.edgewise.graph.NodePaths;
import java.util.Arrays;

/**
 * A bound on the total of every connected circuit of a size, by Lagrangian relaxation of the program that {@link CoreProgram} solves. Its
 * prices are found by subgradient steps of Polyak's length. On the way, {@link Core} is settled by reduced costs.
 *
 * <p>The constraints that have a price: a circuit has so many edges; a used node has an edge in and an edge out; an edge's source is used,
 * and so is one of the nodes that its destination feeds. With prices, each edge and each node is in or out by itself, by whether its value
 * is positive, and the sum of the positive values is the bound.
 */
final class DualBound {
    private static final int STEPS = 250;
    private static final int PATIENCE = 30;
    private static final int STEPS_BETWEEN_SETTLING = 25;
    /** The least part of the way to the known total that counts as progress. */
    private static final double PROGRESS = 1e-3;

    private static final double SHORTEST = 1e-4;

    private final RankedGraph graph;
    private final NodePaths paths;
    private final int size;
    private final Core core;
    private int[] edges;
    private final Prices prices;
    private final Prices best;
    private double bound;
    private double length = 1;
    private int waited;

    // The relaxed program's solution at the last prices.
    private final double[] nodeValues;
    private final double[] inPrices;
    private final boolean[] isIn;
    private final int[] edgesInto;
    private final int[] edgesOutOf;
    private int edgesIn;

    DualBound(RankedGraph graph, int size) {
        this.graph = graph;
        this.size = size;
        paths = graph.paths();
        core = new Core(graph, size);
        edges = core.edges();
        nodeValues = new double[graph.sourceCount()];
        inPrices = new double[graph.destinationCount()];
        isIn = new boolean[graph.size()];
        edgesInto = new int[graph.destinationCount()];
        edgesOutOf = new int[graph.sourceCount()];
        prices = new Prices(graph.sourceCount(), graph.size());
        prices.ofEdges = graph.strength(size - 1);
        best = new Prices(graph.sourceCount(), graph.size());
        best.set(prices);
        bound = solve(prices);
    }

    /** Prices of constraints. Those of an edge are by its rank, and are 0 where what they are for is sure. */
    private static final class Prices {
        double ofEdges;
        final double[] in;
        final double[] out;
        final double[] source;
        final double[] fed;

        Prices(int sources, int edges) {
            in = new double[sources];
            out = new double[sources];
            source = new double[edges];
            fed = new double[edges];
        }

        void set(Prices other) {
            ofEdges = other.ofEdges;
            System.arraycopy(other.in, 0, in, 0, in.length);
            System.arraycopy(other.out, 0, out, 0, out.length);
            System.arraycopy(other.source, 0, source, 0, source.length);
            System.arraycopy(other.fed, 0, fed, 0, fed.length);
        }
    }

    /** A number that the total of a circuit is not above, unless it is below that of a known circuit. */
    double bound() {
        return bound;
    }

    /** What is settled so far. */
    Core core() {
        return core;
    }

    /**
     * Lowers the bound by some steps, or until it is near the total of a known circuit.
     *
     * @return whether more steps may lower it further
     */
    boolean lower(double total, double tolerance, Deadline deadline) {
        settle(total);
        double value = solve(prices);
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
                value = solve(prices);
            }
            if (step % STEPS_BETWEEN_SETTLING == 0) {
                settle(total);
                value = solve(prices);
            }
            move(length * (value - total));
            value = solve(prices);
        }
        settle(total);
        return length > SHORTEST && !deadline.isOver();
    }

    /** Solves the relaxed program and returns its value. */
    private double solve(Prices at) {
        for (int node = 0; node < nodeValues.length; node++) {
            nodeValues[node] = -at.in[node] - at.out[node];
        }
        for (int destination = 0; destination < inPrices.length; destination++) {
            inPrices[destination] = 0;
            for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
                inPrices[destination] += at.in[fed];
            }
        }
        Arrays.fill(edgesInto, 0);
        Arrays.fill(edgesOutOf, 0);
        edgesIn = 0;
        double sum = at.ofEdges * size;
        for (int rank : edges) {
            int source = graph.source(rank);
            int destination = graph.destination(rank);
            nodeValues[source] += at.source[rank];
            if (at.fed[rank] > 0) {
                for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
                    nodeValues[fed] += at.fed[rank];
                }
            }
            double value = edgeValue(rank, at);
            isIn[rank] = value > 0;
            if (value > 0) {
                sum += value;
                edgesIn++;
                edgesInto[destination]++;
                edgesOutOf[source]++;
            }
        }
        for (int node = 0; node < nodeValues.length; node++) {
            sum += isUsed(node) ? nodeValues[node] : 0;
        }
        return sum;
    }

    private boolean isUsed(int node) {
        return core.isSure(node) || (nodeValues[node] > 0 && !core.isAbsent(node));
    }

    private double edgeValue(int rank, Prices at) {
        return graph.strength(rank)
                - at.ofEdges
                + inPrices[graph.destination(rank)]
                + at.out[graph.source(rank)]
                - at.source[rank]
                - at.fed[rank];
    }

    /** Moves the prices against the subgradient, by {@code scale} over its squared length. */
    private void move(double scale) {
        int[] used = new int[nodeValues.length];
        int[] into = new int[nodeValues.length];
        int[] usedAfter = new int[inPrices.length];
        for (int node = 0; node < used.length; node++) {
            used[node] = isUsed(node) ? 1 : 0;
        }
        for (int destination = 0; destination < usedAfter.length; destination++) {
            for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
                usedAfter[destination] += used[fed];
                into[fed] += edgesInto[destination];
            }
        }
        double square = Math.pow(size - edgesIn, 2);
        for (int node = 0; node < used.length; node++) {
            square += paths.isFirst(node) ? 0 : square(into[node] - used[node], prices.in[node]);
            square += square(edgesOutOf[node] - used[node], prices.out[node]);
        }
        for (int rank : edges) {
            int in = isIn[rank] ? 1 : 0;
            if (!core.isSure(graph.source(rank))) {
                square += square(used[graph.source(rank)] - in, prices.source[rank]);
            }
            if (!core.leadsOn(graph.destination(rank))) {
                square += square(usedAfter[graph.destination(rank)] - in, prices.fed[rank]);
            }
        }
        if (square == 0) {
            return;
        }
        double step = scale / square;
        prices.ofEdges -= step * (size - edgesIn);
        for (int node = 0; node < used.length; node++) {
            if (!paths.isFirst(node)) {
                prices.in[node] = Math.max(0, prices.in[node] - step * (into[node] - used[node]));
            }
            prices.out[node] = Math.max(0, prices.out[node] - step * (edgesOutOf[node] - used[node]));
        }
        for (int rank : edges) {
            int in = isIn[rank] ? 1 : 0;
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
        solve(best);
        boolean[] nodes = new boolean[nodeValues.length];
        for (int node = 0; node < nodes.length; node++) {
            nodes[node] = isUsed(node);
        }
        return nodes;
    }

    /** Settles what circuits with a total above {@code total} have or lack, by what the bound would be with it otherwise. */
    private void settle(double total) {
        bound = Math.min(bound, solve(best));
        double slack = bound - total;
        double[] lossWithout = new double[nodeValues.length];
        for (int rank : edges) {
            double value = Math.max(0, edgeValue(rank, best));
            lossWithout[graph.source(rank)] += value;
            int fed = paths.firstFed(graph.destination(rank));
            if (paths.endFed(graph.destination(rank)) == fed + 1) {
                lossWithout[fed] += value;
            }
        }
        for (int node = 0; node < nodeValues.length; node++) {
            if (core.isOpen(node) && Math.max(0, nodeValues[node]) + lossWithout[node] >= slack) {
                core.use(node);
            } else if (core.isOpen(node) && -nodeValues[node] >= slack) {
                core.leaveOut(node);
            }
        }
        for (int rank : edges) {
            settle(rank, slack);
        }
        edges = core.edges();
        for (Prices each : new Prices[] {prices, best}) {
            dropSettled(each);
        }
    }

    private void settle(int rank, double slack) {
        int source = graph.source(rank);
        int destination = graph.destination(rank);
        double value = edgeValue(rank, best);
        double loss = -Math.min(0, value);
        double lossWithout = value;
        if (core.isSure(source)) {
            lossWithout += best.source[rank];
        } else {
            loss -= Math.min(0, nodeValues[source]);
        }
        if (core.leadsOn(destination)) {
            lossWithout += best.fed[rank];
        } else {
            double most = Double.NEGATIVE_INFINITY;
            for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
                most = Math.max(most, core.isAbsent(fed) ? Double.NEGATIVE_INFINITY : nodeValues[fed]);
            }
            loss -= Math.min(0, most);
        }
        if (loss >= slack) {
            core.leaveOutEdge(rank);
        } else if (lossWithout >= slack) {
            core.takeEdge(rank);
        }
    }

    /** Sets prices of what is no longer a constraint to 0. */
    private void dropSettled(Prices at) {
        for (int node = 0; node < nodeValues.length; node++) {
            if (core.isAbsent(node)) {
                at.in[node] = 0;
                at.out[node] = 0;
            }
        }
        for (int rank : edges) {
            if (core.isSure(graph.source(rank))) {
                at.source[rank] = 0;
            }
            if (core.leadsOn(graph.destination(rank))) {
                at.fed[rank] = 0;
            }
        }
    }
}
