package io.edgewise.graph;

import io.edgewise.InputException;
import io.edgewise.graph.DestinationModule.Kind;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The computation graph of a decoder.
 *
 * <p>Sources are ordered as they write, so the sources that a destination reads are consecutive. Edges are in the canonical
 * order: token position (where edges have positions), destination layer, Q &lt; K &lt; V &lt; attention &lt; MLP &lt; end,
 * head, source; the edges of a module at a position are a row-major {@code [destination, source]} matrix.
 */
public final class ModelGraph implements Serializable {
    private static final long serialVersionUID = 2L;

    private final GraphSpec spec;
    private final List<SourceNode> sources;
    private final List<DestinationModule> modules;

    ModelGraph(GraphSpec spec, List<SourceNode> sources, List<DestinationModule> modules) {
        this.spec = spec;
        this.sources = List.copyOf(sources);
        this.modules = List.copyOf(modules);
        if ((long) positions() * edgesPerPosition() > Integer.MAX_VALUE) {
            throw new InputException("The graph would have " + (long) positions() * edgesPerPosition()
                    + " edges, and the most is " + Integer.MAX_VALUE + "; give a smaller --seq-len");
        }
    }

    /** What was asked for. */
    public GraphSpec spec() {
        return spec;
    }

    public List<SourceNode> sources() {
        return sources;
    }

    public List<DestinationModule> modules() {
        return modules;
    }

    /** The module at the end of the stream, which the model's output is computed from. */
    public DestinationModule end() {
        return modules.get(modules.size() - 1);
    }

    /** The module of a kind in a block, or null where the graph has none. */
    public @Nullable DestinationModule module(Kind kind, int block) {
        return modules.stream()
                .filter(module -> module.kind() == kind && module.block() == block)
                .findFirst()
                .orElse(null);
    }

    /** The sources of a kind in a block, in their order. They are consecutive. */
    public List<SourceNode> sources(SourceNode.Kind kind, int block) {
        return sources.stream()
                .filter(source -> source.kind() == kind && source.block() == block)
                .toList();
    }

    /** Copies of every edge: token positions, or 1 where all positions share an edge. */
    public int positions() {
        Integer seqLen = spec.seqLen();
        return seqLen == null ? 1 : seqLen;
    }

    public int destinationCount() {
        return modules.stream().mapToInt(DestinationModule::destinations).sum();
    }

    public int edgeCount() {
        return positions() * edgesPerPosition();
    }

    /** Edges of one position: all edges where positions share them. */
    public int edgesPerPosition() {
        return end().offset() + end().edges();
    }

    /** The shape of AutoCircuit's tensor of a module's scores: {@code [seq?, head?, source]}. */
    public long[] shape(DestinationModule module) {
        return Stream.of(
                        spec.seqLen(),
                        module.kind().isHeadInput() ? Integer.valueOf(module.destinations()) : null,
                        Integer.valueOf(module.sources()))
                .filter(size -> size != null)
                .mapToLong(Integer::longValue)
                .toArray();
    }

    /** All destinations, in canonical order. */
    public List<DestinationNode> destinations() {
        return modules.stream()
                .flatMap(module -> IntStream.range(0, module.destinations()).mapToObj(row -> destination(module, row)))
                .toList();
    }

    /** All sources, then all destinations. */
    public List<Node> nodes() {
        return Stream.<Node>concat(sources.stream(), destinations().stream()).toList();
    }

    /** All edges, in canonical order. */
    public Stream<Edge> edges() {
        return IntStream.range(0, edgeCount()).mapToObj(this::edge);
    }

    /** The edges of each token position; all edges at position 0 where positions share them. */
    public List<List<Edge>> edgesByPosition() {
        int perPosition = edgesPerPosition();
        return IntStream.range(0, positions())
                .mapToObj(position -> IntStream.range(position * perPosition, (position + 1) * perPosition)
                        .mapToObj(this::edge)
                        .toList())
                .toList();
    }

    /** The edge at a place in the canonical order. */
    public Edge edge(int index) {
        DestinationModule module = moduleOf(index);
        int place = index % edgesPerPosition() - module.offset();
        return new Edge(
                sources.get(module.firstSource() + place % module.sources()),
                destination(module, place / module.sources()),
                spec.seqLen() == null ? null : Integer.valueOf(index / edgesPerPosition()));
    }

    /** The module that holds an edge of the canonical order. */
    public DestinationModule moduleOf(int index) {
        if (index < 0 || index >= edgeCount()) {
            throw new IndexOutOfBoundsException(
                    "Edge index must be between 0 and " + (edgeCount() - 1) + ", got " + index);
        }
        int place = index % edgesPerPosition();
        int low = 0;
        int high = modules.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (modules.get(middle).offset() <= place) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return modules.get(low);
    }

    /**
     * One number per edge, in canonical order: the number given for its name, else 0. Names are AutoCircuit's,
     * {@code A0.3->A1.2.Q} for all positions, or {@code A0.3->A1.2.Q[5]} for one.
     *
     * @throws InputException where the graph has no edge of a name
     */
    public double[] valuesOf(Map<String, Double> byName) {
        Map<String, Integer> places = new HashMap<>();
        for (int place = 0; place < edgesPerPosition(); place++) {
            places.put(edge(place).name(), place);
        }
        double[] values = new double[edgeCount()];
        byName.forEach((name, value) -> indicesOf(name, places).forEach(edge -> values[edge] = value));
        return values;
    }

    private IntStream indicesOf(String name, Map<String, Integer> places) {
        EdgeName edge = EdgeName.parse(name);
        Integer place = places.get(edge.name());
        Integer position = edge.position();
        if (place == null || (position != null && (spec.seqLen() == null || position >= positions()))) {
            throw new InputException("The graph has no edge " + name + "; its edges have names like " + edge(0)
                    + " and " + edge(edgeCount() - 1));
        }
        IntStream at = position == null ? IntStream.range(0, positions()) : IntStream.of(position);
        return at.map(each -> each * edgesPerPosition() + place);
    }

    private static DestinationNode destination(DestinationModule module, int row) {
        @Nullable Integer head = module.kind().isHeadInput() ? row : null;
        return new DestinationNode(module.nodes().get(row), module.name(), module.layer(), head);
    }
}
