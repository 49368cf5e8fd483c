package io.edgewise.graph;

import io.edgewise.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Builds a graph, layer by layer, in canonical order. */
final class GraphBuilder {
    private final GraphSpec spec;
    private final List<SourceNode> sources = new ArrayList<>();
    private final List<DestinationModule> modules = new ArrayList<>();
    private int layer;
    private int firstSource;
    private int edges;

    GraphBuilder(GraphSpec spec) {
        this.spec = spec;
    }

    /** Begins the next higher layer. */
    GraphBuilder nextLayer() {
        layer++;
        return this;
    }

    /** Lets later destinations read only sources that are added from here on. */
    GraphBuilder cutOff() {
        firstSource = sources.size();
        return this;
    }

    GraphBuilder source(String name, String module, SourceNode.Kind kind, int block) {
        return source(name, module, kind, block, null);
    }

    /** A source for each head, named by its number after the name that is given. */
    GraphBuilder headSources(String name, String module, int block, int heads) {
        for (int head = 0; head < heads; head++) {
            source(name + head, module, SourceNode.Kind.HEAD, block, head);
        }
        return this;
    }

    private GraphBuilder source(String name, String module, SourceNode.Kind kind, int block, @Nullable Integer head) {
        sources.add(new SourceNode(name, module, kind, block, layer, head, sources.size()));
        return this;
    }

    GraphBuilder destination(String name, String module, DestinationModule.Kind kind, int block) {
        return destinations(List.of(name), module, kind, block);
    }

    /** A destination for each head, {@code name0suffix}, {@code name1suffix}, ... */
    GraphBuilder headDestinations(
            String name, String suffix, String module, DestinationModule.Kind kind, int block, int heads) {
        List<String> names =
                IntStream.range(0, heads).mapToObj(head -> name + head + suffix).toList();
        return destinations(names, module, kind, block);
    }

    private GraphBuilder destinations(List<String> names, String module, DestinationModule.Kind kind, int block) {
        int readable = sources.size() - firstSource;
        modules.add(new DestinationModule(module, kind, block, layer, names, firstSource, readable, edges));
        edges = addEdges((long) readable * names.size());
        return this;
    }

    private int addEdges(long more) {
        if (edges + more > Integer.MAX_VALUE) {
            throw new InputException("The graph would have more than " + Integer.MAX_VALUE
                    + " edges, which is the most; give a model of fewer blocks or heads");
        }
        return (int) (edges + more);
    }

    ModelGraph build() {
        return new ModelGraph(spec, sources, modules);
    }
}
