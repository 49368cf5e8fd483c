package io.edgewise.jobs.export;

import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import java.util.BitSet;

/**
 * The edges of a circuit that lie on a path, within it, from the start of the model to its end; EAP-IG's {@code prune}. The graph must be
 * factorized and its positions must share edges.
 *
 * @param sources the nodes that such a path runs through, by {@link SourceNode#index}
 */
record LiveEdges(BitSet edges, BitSet sources) {

    static LiveEdges of(ModelGraph graph, BitSet circuit) {
        int[] nodes = nodes(graph);
        BitSet fed = new BitSet();
        fed.set(0);
        BitSet live = new BitSet();
        for (int edge = circuit.nextSetBit(0); edge >= 0; edge = circuit.nextSetBit(edge + 1)) {
            if (fed.get(graph.edge(edge).source().index())) {
                live.set(edge);
                fed.set(nodes[edge]);
            }
        }
        BitSet heard = new BitSet();
        heard.set(graph.sources().size());
        for (int edge = live.length() - 1; edge >= 0; edge = live.previousSetBit(edge - 1)) {
            if (heard.get(nodes[edge])) {
                heard.set(graph.edge(edge).source().index());
            } else {
                live.clear(edge);
            }
        }
        heard.clear(graph.sources().size());
        return new LiveEdges(live, heard);
    }

    /**
     * For each edge, the source that belongs to the same node as its destination; the end counts as one more source. In the canonical order
     * all edges into a node come before those out of it.
     */
    private static int[] nodes(ModelGraph graph) {
        int[] nodes = new int[graph.edgeCount()];
        for (DestinationModule module : graph.modules()) {
            int first = module.equals(graph.end())
                    ? graph.sources().size()
                    : graph.sources(
                                    module.kind().isHeadInput() ? SourceNode.Kind.HEAD : SourceNode.Kind.MLP,
                                    module.block())
                            .get(0)
                            .index();
            for (int place = 0; place < module.edges(); place++) {
                nodes[module.offset() + place] = first + place / module.sources();
            }
        }
        return nodes;
    }
}
