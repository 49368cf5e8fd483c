package io.edgewise.selection;

import io.edgewise.graph.NodePaths;
import java.util.Arrays;

/**
 * The program of {@link CoreProgram} with prices in place of constraints: each edge and each node is in or out by itself, by whether its
 * value is positive. The sum of the positive values is above the total of every circuit that the core leaves possible.
 */
final class Relaxation {
    private final RankedGraph graph;
    private final NodePaths paths;
    private final Core core;
    private final double[] nodeValues;
    private final double[] inPrices;
    private final boolean[] isIn;
    private final int[] edgesInto;
    private final int[] edgesOutOf;
    private int edgesIn;

    Relaxation(Core core) {
        this.core = core;
        graph = core.graph();
        paths = graph.paths();
        nodeValues = new double[graph.sourceCount()];
        inPrices = new double[graph.destinationCount()];
        isIn = new boolean[graph.size()];
        edgesInto = new int[graph.destinationCount()];
        edgesOutOf = new int[graph.sourceCount()];
    }

    /**
     * Solves the relaxed program and returns its value. Everything else here is about the last solution.
     *
     * @param edges the core's
     */
    double solve(Prices prices, int[] edges) {
        for (int node = 0; node < nodeValues.length; node++) {
            nodeValues[node] = -prices.in[node] - prices.out[node];
        }
        for (int destination = 0; destination < inPrices.length; destination++) {
            inPrices[destination] = 0;
            for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
                inPrices[destination] += prices.in[fed];
            }
        }
        Arrays.fill(edgesInto, 0);
        Arrays.fill(edgesOutOf, 0);
        edgesIn = 0;
        double sum = prices.ofEdges * core.size();
        for (int rank : edges) {
            sum += Math.max(0, solve(rank, prices));
        }
        for (int node = 0; node < nodeValues.length; node++) {
            sum += isUsed(node) ? nodeValues[node] : 0;
        }
        return sum;
    }

    private double solve(int rank, Prices prices) {
        int source = graph.source(rank);
        int destination = graph.destination(rank);
        nodeValues[source] += prices.source[rank];
        if (prices.fed[rank] > 0) {
            for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
                nodeValues[fed] += prices.fed[rank];
            }
        }
        double value = value(rank, prices);
        isIn[rank] = value > 0;
        if (isIn[rank]) {
            edgesIn++;
            edgesInto[destination]++;
            edgesOutOf[source]++;
        }
        return value;
    }

    /** An edge's value. */
    double value(int rank, Prices prices) {
        return graph.strength(rank)
                - prices.ofEdges
                + inPrices[graph.destination(rank)]
                + prices.out[graph.source(rank)]
                - prices.source[rank]
                - prices.fed[rank];
    }

    double nodeValue(int node) {
        return nodeValues[node];
    }

    boolean isUsed(int node) {
        return core.isSure(node) || (nodeValues[node] > 0 && !core.isAbsent(node));
    }

    /** Whether an edge is in. */
    boolean isIn(int rank) {
        return isIn[rank];
    }

    /** How many edges are in. */
    int edgesIn() {
        return edgesIn;
    }

    /** How many edges into a destination are in. */
    int edgesInto(int destination) {
        return edgesInto[destination];
    }

    /** How many edges out of a source are in. */
    int edgesOutOf(int source) {
        return edgesOutOf[source];
    }
}
