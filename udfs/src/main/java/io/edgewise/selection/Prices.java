package io.edgewise.selection;

/**
 * The prices of the constraints on circuits: on how many edges there are; for each node, that an edge leads into it and one out of it; for
 * each edge, by rank, that its source is used and a node that its destination feeds. What is sure has no price.
 */
final class Prices {
    double ofEdges;
    final double[] in;
    final double[] out;
    final double[] source;
    final double[] fed;

    Prices(RankedGraph graph) {
        in = new double[graph.sourceCount()];
        out = new double[graph.sourceCount()];
        source = new double[graph.size()];
        fed = new double[graph.size()];
    }

    void set(Prices other) {
        ofEdges = other.ofEdges;
        System.arraycopy(other.in, 0, in, 0, in.length);
        System.arraycopy(other.out, 0, out, 0, out.length);
        System.arraycopy(other.source, 0, source, 0, source.length);
        System.arraycopy(other.fed, 0, fed, 0, fed.length);
    }

    /** Sets the prices of what a core has settled to 0. */
    void drop(Core core) {
        for (int node = 0; node < in.length; node++) {
            if (core.isAbsent(node)) {
                in[node] = 0;
                out[node] = 0;
            }
        }
        RankedGraph graph = core.graph();
        for (int rank : core.edges()) {
            if (core.isSure(graph.source(rank))) {
                source[rank] = 0;
            }
            if (core.leadsOn(graph.destination(rank))) {
                fed[rank] = 0;
            }
        }
    }
}
