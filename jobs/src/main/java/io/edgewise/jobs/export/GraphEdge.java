package io.edgewise.jobs.export;

import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.Edge;
import io.edgewise.graph.ModelGraph;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An edge of a drawn graph.
 *
 * @param input Q, K or V where it runs to one of a head's inputs; else empty
 * @param position the token position whose copy of the edge it is; null where positions share it
 * @param rank from 1
 */
record GraphEdge(
        GraphNode source, GraphNode destination, String input, @Nullable Integer position, double score, int rank) {

    static List<GraphEdge> of(ChosenEdges chosen) {
        ModelGraph graph = chosen.scores().graph();
        return chosen.strongestFirst().stream()
                .map(ranked -> {
                    Edge edge = graph.edge(ranked.index());
                    DestinationModule module = graph.moduleOf(ranked.index());
                    return new GraphEdge(
                            GraphNode.of(edge.source()),
                            GraphNode.to(edge, module, graph),
                            input(module),
                            edge.position(),
                            chosen.scores().get(ranked.index()),
                            ranked.rank());
                })
                .toList();
    }

    private static String input(DestinationModule module) {
        return switch (module.kind()) {
            case QUERY -> "Q";
            case KEY -> "K";
            case VALUE -> "V";
            default -> "";
        };
    }

    /** The nodes at the ends of some edges, by layer and name. */
    static Collection<GraphNode> nodes(List<GraphEdge> edges) {
        TreeMap<String, GraphNode> nodes = new TreeMap<>();
        for (GraphEdge edge : edges) {
            for (GraphNode node : List.of(edge.source, edge.destination)) {
                nodes.putIfAbsent(String.format("%09d %s", node.layer(), node.name()), node);
            }
        }
        return nodes.values();
    }
}
