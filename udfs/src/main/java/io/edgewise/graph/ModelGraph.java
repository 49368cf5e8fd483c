package io.edgewise.graph;

import io.edgewise.graph.DestinationModule.Kind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The factorized computation graph of a decoder, with separate query, key and value inputs.
 *
 * <p>Layers are AutoCircuit's: {@code Resid Start} 0, then the attention and the MLP of each block one each. Sources are
 * ordered {@code Resid Start}, then by block its heads and its MLP, so the sources before a layer are a prefix of all
 * sources. Edges are in the canonical order: destination layer, Q &lt; K &lt; V &lt; MLP &lt; end, head, source; the
 * edges of a module are a row-major {@code [destination, source]} matrix at {@link DestinationModule#offset()}.
 */
public final class ModelGraph implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int blocks;
    private final int heads;
    private final List<SourceNode> sources;
    private final List<DestinationModule> modules;

    private ModelGraph(int blocks, int heads, List<SourceNode> sources, List<DestinationModule> modules) {
        this.blocks = blocks;
        this.heads = heads;
        this.sources = sources;
        this.modules = modules;
    }

    /** The graph of a decoder whose blocks run attention, then an MLP. */
    public static ModelGraph sequential(int blocks, int heads) {
        List<SourceNode> sources = new ArrayList<>();
        List<DestinationModule> modules = new ArrayList<>();
        sources.add(new SourceNode("Resid Start", 0, null, 0));
        int layer = 1;
        for (int block = 0; block < blocks; block++) {
            for (Kind kind : List.of(Kind.QUERY, Kind.KEY, Kind.VALUE)) {
                addModule(modules, kind, block, layer, heads, sources.size());
            }
            for (int head = 0; head < heads; head++) {
                sources.add(new SourceNode("A" + block + "." + head, layer, head, sources.size()));
            }
            layer++;
            addModule(modules, Kind.MLP, block, layer, 0, sources.size());
            sources.add(new SourceNode("MLP " + block, layer, null, sources.size()));
            layer++;
        }
        addModule(modules, Kind.RESIDUAL_END, blocks - 1, layer, 0, sources.size());
        return new ModelGraph(blocks, heads, List.copyOf(sources), List.copyOf(modules));
    }

    private static void addModule(
            List<DestinationModule> modules, Kind kind, int block, int layer, int heads, int sources) {
        int offset = modules.isEmpty()
                ? 0
                : modules.get(modules.size() - 1).offset()
                        + modules.get(modules.size() - 1).edges();
        modules.add(new DestinationModule(kind.moduleName(block), kind, block, layer, heads, sources, offset));
    }

    public int blocks() {
        return blocks;
    }

    public int heads() {
        return heads;
    }

    public List<SourceNode> sources() {
        return sources;
    }

    public List<DestinationModule> modules() {
        return modules;
    }

    /** The module of a kind in a block; the end of the stream is in the last block. */
    public DestinationModule module(Kind kind, int block) {
        return modules.get(kind == Kind.RESIDUAL_END ? modules.size() - 1 : block * 4 + kind.ordinal());
    }

    /** The first source a block's attention writes: head 0. */
    public int firstHeadSource(int block) {
        return 1 + block * (heads + 1);
    }

    /** The source a block's MLP writes. */
    public int mlpSource(int block) {
        return firstHeadSource(block) + heads;
    }

    public int destinationCount() {
        return modules.stream().mapToInt(DestinationModule::destinations).sum();
    }

    public int edgeCount() {
        DestinationModule last = modules.get(modules.size() - 1);
        return last.offset() + last.edges();
    }

    /** All destinations, in canonical order. */
    public List<DestinationNode> destinations() {
        return modules.stream()
                .flatMap(module -> IntStream.range(0, module.destinations()).mapToObj(row -> destination(module, row)))
                .toList();
    }

    /** All edges, in canonical order. */
    public Stream<Edge> edges() {
        return modules.stream()
                .flatMap(module -> IntStream.range(0, module.edges()).mapToObj(position -> edge(module, position)));
    }

    /** The edge at a place in the canonical order. */
    public Edge edge(int index) {
        DestinationModule module = moduleOf(index);
        return edge(module, index - module.offset());
    }

    /** The module that holds an edge of the canonical order. */
    public DestinationModule moduleOf(int index) {
        if (index < 0 || index >= edgeCount()) {
            throw new IndexOutOfBoundsException(
                    "Edge index must be between 0 and " + (edgeCount() - 1) + ", got " + index);
        }
        int low = 0;
        int high = modules.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (modules.get(middle).offset() <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return modules.get(low);
    }

    private Edge edge(DestinationModule module, int position) {
        return new Edge(sources.get(position % module.sources()), destination(module, position / module.sources()));
    }

    private static DestinationNode destination(DestinationModule module, int row) {
        @Nullable Integer head = module.heads() > 0 ? row : null;
        return new DestinationNode(module.kind().nodeName(module.block(), row), module.name(), module.layer(), head);
    }
}
