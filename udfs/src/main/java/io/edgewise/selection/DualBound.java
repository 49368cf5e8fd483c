package io.edgewise.selection;

import io.edgewise.graph.NodePaths;
import java.util.Arrays;

/**
 * A bound on the total of every connected circuit of a size, by Lagrangian relaxation of the program that {@link CoreProgram} solves. Its
 * prices are found by subgradient steps of Polyak's length.
 *
 * <p>The constraints that have a price: a circuit has so many edges ({@code edgePrice}); a used node has an edge in ({@code inPrice}) and an
 * edge out ({@code outPrice}); an edge's source is used ({@code sourcePrice}), and one of the nodes that its destination feeds is
 * ({@code fedPrice}). With prices, each edge and each node is in or out by itself, by whether its value is positive; the sum of the
 * positive values is the bound.
 */
final class DualBound {
    private static final int MOST_STEPS = 3000;
    private static final int PATIENCE = 30;
    private static final double SHORTEST = 1e-4;

    private final RankedGraph graph;
    private final NodePaths paths;
    private final int size;
    private final boolean[] isAlwaysUsed;
    private Prices prices;
    private Prices best;
    private double bound;

    // The relaxed program's solution at the current prices.
    private final double[] nodeValue;
    private final double[] inPriceOf;
    private final boolean[] isIn;
    private final int[] edgesInto;
    private final int[] edgesOut;
    private int edgesIn;

    /** The edges that were ever in are among so many of the strongest. All others have no prices. */
    private int reached;

    /** Prices of constraints, those of edges by rank. Beyond {@code limit}, edges have value and prices 0. */
    private static final class Prices {
        double edgePrice;
        final double[] inPrice;
        final double[] outPrice;
        final double[] sourcePrice;
        final double[] fedPrice;

        Prices(double edgePrice, double[] inPrice, double[] outPrice, double[] sourcePrice, double[] fedPrice) {
            this.edgePrice = edgePrice;
            this.inPrice = inPrice;
            this.outPrice = outPrice;
            this.sourcePrice = sourcePrice;
            this.fedPrice = fedPrice;
        }

        Prices copy() {
            return new Prices(edgePrice, inPrice.clone(), outPrice.clone(), sourcePrice.clone(), fedPrice.clone());
        }
    }

    DualBound(RankedGraph graph, int size) {
        this.graph = graph;
        this.size = size;
        paths = graph.paths();
        int sources = graph.sourceCount();
        isAlwaysUsed = new boolean[sources];
        int firsts = 0;
        for (int source = 0; source < sources; source++) {
            firsts += paths.isFirst(source) ? 1 : 0;
        }
        isAlwaysUsed[0] = firsts == 1;
        nodeValue = new double[sources];
        inPriceOf = new double[graph.destinationCount()];
        edgesInto = new int[graph.destinationCount()];
        edgesOut = new int[sources];
        isIn = new boolean[graph.size()];
        prices = new Prices(
                graph.strength(size - 1),
                new double[sources],
                new double[sources],
                new double[graph.size()],
                new double[graph.size()]);
        best = prices.copy();
        bound = solve(best);
    }

    double bound() {
        return bound;
    }

    /** Lowers the bound until it is near {@code total}, the total of a circuit, or steps have become short. */
    void lower(double total, double tolerance, Deadline deadline) {
        double length = 1;
        int waited = 0;
        for (int step = 0; step < MOST_STEPS && length > SHORTEST && !deadline.isOver(); step++) {
            double value = solve(prices);
            if (value < bound) {
                waited = value < bound - 1e-3 * (bound - total) ? 0 : waited + 1;
                bound = value;
                best = prices.copy();
            } else {
                waited++;
            }
            if (bound - total <= tolerance) {
                return;
            }
            if (waited > PATIENCE) {
                waited = 0;
                length /= 2;
                prices = best.copy();
                solve(prices);
            }
            move(length * (Math.min(value, bound + (bound - total)) - total));
        }
    }

    /** Solves the relaxed program and returns its value. */
    private double solve(Prices at) {
        for (int source = 0; source < nodeValue.length; source++) {
            nodeValue[source] = -at.inPrice[source] - at.outPrice[source];
        }
        for (int destination = 0; destination < inPriceOf.length; destination++) {
            inPriceOf[destination] = 0;
            for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
                inPriceOf[destination] += at.inPrice[fed];
            }
        }
        Arrays.fill(edgesInto, 0);
        Arrays.fill(edgesOut, 0);
        edgesIn = 0;
        double sum = at.edgePrice * size;
        double least = at.edgePrice - max(inPriceOf) - max(at.outPrice);
        for (int rank = 0; rank < graph.size() && (rank < reached || graph.strength(rank) > least); rank++) {
            int source = graph.source(rank);
            int destination = graph.destination(rank);
            nodeValue[source] += at.sourcePrice[rank];
            if (at.fedPrice[rank] > 0) {
                for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
                    nodeValue[fed] += at.fedPrice[rank];
                }
            }
            double value = edgeValue(rank, at);
            isIn[rank] = value > 0;
            if (value > 0) {
                sum += value;
                reached = Math.max(reached, rank + 1);
                edgesIn++;
                edgesInto[destination]++;
                edgesOut[source]++;
            }
        }
        for (int source = 0; source < nodeValue.length; source++) {
            sum += isUsed(source) ? nodeValue[source] : 0;
        }
        return sum;
    }

    private static double max(double[] prices) {
        return Arrays.stream(prices).max().orElse(0);
    }

    private boolean isUsed(int source) {
        return isAlwaysUsed[source] || nodeValue[source] > 0;
    }

    private double edgeValue(int rank, Prices at) {
        return graph.strength(rank)
                - at.edgePrice
                + inPriceOf[graph.destination(rank)]
                + at.outPrice[graph.source(rank)]
                - at.sourcePrice[rank]
                - at.fedPrice[rank];
    }

    /** Moves the prices against the subgradient, by {@code scale} over its squared length. */
    private void move(double scale) {
        int sources = nodeValue.length;
        int[] usedBy = new int[inPriceOf.length];
        double[] into = new double[sources];
        for (int destination = 0; destination < usedBy.length; destination++) {
            for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
                usedBy[destination] += isUsed(fed) ? 1 : 0;
                into[fed] += edgesInto[destination];
            }
        }
        double square = Math.pow(size - edgesIn, 2);
        for (int source = 0; source < sources; source++) {
            int used = isUsed(source) ? 1 : 0;
            square += paths.isFirst(source) ? 0 : square(into[source] - used, prices.inPrice[source]);
            square += isAlwaysUsed[source] ? 0 : square(edgesOut[source] - used, prices.outPrice[source]);
        }
        for (int rank = 0; rank < reached; rank++) {
            int in = isIn[rank] ? 1 : 0;
            if (!isAlwaysUsed[graph.source(rank)]) {
                int used = isUsed(graph.source(rank)) ? 1 : 0;
                square += square(used - in, prices.sourcePrice[rank]);
            }
            if (feeds(rank)) {
                square += square(usedBy[graph.destination(rank)] - in, prices.fedPrice[rank]);
            }
        }
        if (square == 0) {
            return;
        }
        double step = scale / square;
        prices.edgePrice -= step * (size - edgesIn);
        for (int source = 0; source < sources; source++) {
            int used = isUsed(source) ? 1 : 0;
            if (!paths.isFirst(source)) {
                prices.inPrice[source] = Math.max(0, prices.inPrice[source] - step * (into[source] - used));
            }
            if (!isAlwaysUsed[source]) {
                prices.outPrice[source] = Math.max(0, prices.outPrice[source] - step * (edgesOut[source] - used));
            }
        }
        for (int rank = 0; rank < reached; rank++) {
            int in = isIn[rank] ? 1 : 0;
            if (!isAlwaysUsed[graph.source(rank)]) {
                int used = isUsed(graph.source(rank)) ? 1 : 0;
                prices.sourcePrice[rank] = Math.max(0, prices.sourcePrice[rank] - step * (used - in));
            }
            if (feeds(rank)) {
                prices.fedPrice[rank] =
                        Math.max(0, prices.fedPrice[rank] - step * (usedBy[graph.destination(rank)] - in));
            }
        }
    }

    /** What a price's part of the subgradient adds to its squared length; nothing where the price can't fall. */
    private static double square(double part, double price) {
        return part > 0 && price <= 0 ? 0 : part * part;
    }

    private boolean feeds(int rank) {
        int destination = graph.destination(rank);
        return paths.firstFed(destination) < paths.endFed(destination);
    }

    /** The nodes that the relaxed program uses at the best prices. */
    boolean[] nodes() {
        solve(best);
        boolean[] nodes = new boolean[nodeValue.length];
        for (int source = 0; source < nodes.length; source++) {
            nodes[source] = isUsed(source);
        }
        return nodes;
    }

    /** What is settled: whatever a circuit with a total above {@code total} has or lacks. */
    Core core(double total) {
        solve(best);
        Core core = new Core(graph, size);
        double slack = bound - total;
        for (int source = 0; source < nodeValue.length; source++) {
            if (isAlwaysUsed[source] || nodeValue[source] >= slack) {
                core.use(source);
            } else if (-nodeValue[source] >= slack) {
                core.leaveOut(source);
            }
        }
        for (int rank = 0; rank < graph.size(); rank++) {
            settle(rank, slack, core);
        }
        return core;
    }

    private void settle(int rank, double slack, Core core) {
        int source = graph.source(rank);
        int destination = graph.destination(rank);
        double value = edgeValue(rank, best);
        double loss = Math.min(0, value) + (core.isSure(source) ? 0 : Math.min(0, nodeValue[source]));
        double gain = value + (core.isSure(source) ? best.sourcePrice[rank] : 0);
        if (feeds(rank)) {
            double most = Double.NEGATIVE_INFINITY;
            boolean isSure = false;
            for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
                most = Math.max(most, nodeValue[fed]);
                isSure |= core.isSure(fed);
            }
            loss += isSure ? 0 : Math.min(0, most);
            gain += isSure ? best.fedPrice[rank] : 0;
        }
        if (-loss >= slack) {
            core.leaveOutEdge(rank);
        } else if (gain >= slack) {
            core.takeEdge(rank);
        }
    }
}
