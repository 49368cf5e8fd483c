package io.edgewise.graph;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which sources each destination feeds: how paths go on through the nodes of a graph. What a head's inputs read goes into what the head
 * writes, and what an MLP reads into what the MLP writes. A key or value input that a group of heads shares feeds all of them. In a graph
 * that isn't factorized, a stage of the stream feeds itself and the heads or the MLP that read it there.
 *
 * <p>Destinations are numbered as in {@link ModelGraph#destinations}. Those that one feeds are consecutive.
 */
public final class NodePaths {
    private final List<SourceNode> sources;
    private final List<DestinationModule> modules;
    private final int[] firstFed;
    private final int[] endFed;
    private final BitSet fed = new BitSet();

    private NodePaths(ModelGraph graph) {
        sources = graph.sources();
        modules = graph.modules();
        firstFed = new int[graph.destinationCount()];
        endFed = new int[graph.destinationCount()];
        int destination = 0;
        for (int module = 0; module < graph.modules().size(); module++) {
            SourceRange all = fedBy(graph, module);
            int destinations = graph.modules().get(module).destinations();
            int each = all.count() / destinations;
            for (int row = 0; row < destinations; row++) {
                firstFed[destination] = all.first() + row * each;
                endFed[destination] = firstFed[destination] + each;
                destination++;
            }
            fed.set(all.first(), all.first() + all.count());
        }
    }

    private record SourceRange(int first, int count) {}

    public static NodePaths of(ModelGraph graph) {
        return new NodePaths(graph);
    }

    private static SourceRange fedBy(ModelGraph graph, int place) {
        DestinationModule module = graph.modules().get(place);
        return switch (module.kind()) {
            case QUERY, KEY, VALUE, ATTENTION -> range(graph.sources(SourceNode.Kind.HEAD, module.block()));
            case MLP -> range(graph.sources(SourceNode.Kind.MLP, module.block()));
            case RESIDUAL_MID, RESIDUAL_POST -> {
                DestinationModule next = graph.modules().get(place + 1);
                yield new SourceRange(next.firstSource(), next.sources());
            }
            case RESIDUAL_END -> new SourceRange(0, 0);
        };
    }

    private static SourceRange range(List<SourceNode> consecutive) {
        return new SourceRange(consecutive.get(0).index(), consecutive.size());
    }

    /** The first source that a destination feeds. */
    public int firstFed(int destination) {
        return firstFed[destination];
    }

    /** The source after the last one that a destination feeds; the first one where it feeds none, as the end. */
    public int endFed(int destination) {
        return endFed[destination];
    }

    /** Whether paths begin at a source: the start of the stream, and what reads the start without an edge of its own. */
    public boolean isFirst(int source) {
        return !fed.get(source);
    }

    /** How many edges the shortest path from the start of the model to its end has. */
    public int shortest() {
        int[] steps = new int[sources.size()];
        int destination = 0;
        int least = 0;
        for (DestinationModule module : modules) {
            least = 1
                    + Arrays.stream(steps, module.firstSource(), module.firstSource() + module.sources())
                            .min()
                            .orElseThrow();
            for (int row = 0; row < module.destinations(); row++) {
                for (int source = firstFed[destination]; source < endFed[destination]; source++) {
                    steps[source] = steps[source] == 0 ? least : Math.min(steps[source], least);
                }
                destination++;
            }
        }
        return least;
    }

    /**
     * Whether a source at one token position is fed by a destination at earlier positions too, and not at its own alone: a head by all its
     * inputs but the query.
     */
    public boolean readsEarlier(int source, DestinationModule module) {
        return sources.get(source).kind() == SourceNode.Kind.HEAD && module.kind() != DestinationModule.Kind.QUERY;
    }
}
