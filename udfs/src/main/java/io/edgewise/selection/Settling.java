package io.edgewise.selection;

import io.edgewise.graph.NodePaths;

/**
 * Settles what circuits that are better than a known one have or lack. A node or an edge is sure where the bound without it would not be
 * above the known total, and absent where the bound with it would not be.
 *
 * @param relaxation solved at the prices
 * @param slack how far its value is above the known total
 */
record Settling(Core core, Relaxation relaxation, Prices prices, double slack) {

    void settle(int[] edges) {
        double[] lossWithout = new double[prices.in.length];
        RankedGraph graph = core.graph();
        NodePaths paths = graph.paths();
        for (int rank : edges) {
            double value = Math.max(0, relaxation.value(rank, prices));
            lossWithout[graph.source(rank)] += value;
            int fed = paths.firstFed(graph.destination(rank));
            if (paths.endFed(graph.destination(rank)) == fed + 1) {
                lossWithout[fed] += value;
            }
        }
        for (int node = 0; node < lossWithout.length; node++) {
            double value = relaxation.nodeValue(node);
            if (core.isOpen(node) && Math.max(0, value) + lossWithout[node] >= slack) {
                core.use(node);
            } else if (core.isOpen(node) && -value >= slack) {
                core.leaveOut(node);
            }
        }
        for (int rank : edges) {
            settle(rank);
        }
    }

    private void settle(int rank) {
        int source = core.graph().source(rank);
        int destination = core.graph().destination(rank);
        double value = relaxation.value(rank, prices);
        double lossWith = -Math.min(0, value);
        double lossWithout = value;
        if (core.isSure(source)) {
            lossWithout += prices.source[rank];
        } else {
            lossWith -= Math.min(0, relaxation.nodeValue(source));
        }
        if (core.leadsOn(destination)) {
            lossWithout += prices.fed[rank];
        } else {
            lossWith -= Math.min(0, mostFed(destination));
        }
        if (lossWith >= slack) {
            core.leaveOutEdge(rank);
        } else if (lossWithout >= slack) {
            core.takeEdge(rank);
        }
    }

    /** The largest value of the nodes that a destination feeds. */
    private double mostFed(int destination) {
        NodePaths paths = core.graph().paths();
        double most = Double.NEGATIVE_INFINITY;
        for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
            most = core.isAbsent(fed) ? most : Math.max(most, relaxation.nodeValue(fed));
        }
        return most;
    }
}
