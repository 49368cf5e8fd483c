package io.edgewise.jobs.export;

import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.DestinationModule.Kind;
import io.edgewise.graph.Edge;
import io.edgewise.graph.GraphSpec.KeyValueEdges;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import java.util.Locale;

/**
 * A part of the model as a node of a drawn graph: a head is one node, whatever it reads and writes, so that paths run
 * through it. A key or value input that several heads share is a node of its own.
 *
 * @param name {@code A1.2}, {@code MLP 1}, {@code Resid Start}
 * @param kind head, mlp or resid
 */
record GraphNode(String name, String kind, int layer) {

    static GraphNode of(SourceNode source) {
        return new GraphNode(source.name(), kind(source.kind().name()), source.layer());
    }

    /** The node that an edge runs to. */
    static GraphNode to(Edge edge, DestinationModule module, ModelGraph graph) {
        boolean isShared = graph.spec().keyValueEdges() == KeyValueEdges.GROUP
                && (module.kind() == Kind.KEY || module.kind() == Kind.VALUE);
        String name = module.kind().isHeadInput() && !isShared
                ? "A" + module.block() + "." + edge.destination().head()
                : edge.destination().name();
        return new GraphNode(
                name, module.kind().isHeadInput() ? "head" : kind(module.kind().name()), module.layer());
    }

    private static String kind(String of) {
        return switch (of) {
            case "HEAD", "MLP" -> of.toLowerCase(Locale.ROOT);
            default -> "resid";
        };
    }

    /** Its name without spaces. */
    String id() {
        return name.replace(' ', '_');
    }
}
