package io.edgewise.model.layer;

import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.DestinationModule.Kind;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one block of a factorized graph.
 *
 * @param heads the sources' indices, head by head
 * @param inputs what heads read: queries, keys, values; the same module three times where one input serves all
 * @param mlp the source's index; -1 for none
 * @param mlpInput null for none
 */
public record BlockNodes(
        List<Integer> heads, List<DestinationModule> inputs, int mlp, @Nullable DestinationModule mlpInput) {
    public BlockNodes {
        heads = List.copyOf(heads);
        inputs = List.copyOf(inputs);
    }

    public static BlockNodes of(ModelGraph graph, int block) {
        List<SourceNode> mlp = graph.sources(SourceNode.Kind.MLP, block);
        DestinationModule merged = graph.module(Kind.ATTENTION, block);
        return new BlockNodes(
                graph.sources(SourceNode.Kind.HEAD, block).stream()
                        .map(SourceNode::index)
                        .toList(),
                Stream.of(Kind.QUERY, Kind.KEY, Kind.VALUE)
                        .map(kind -> Objects.requireNonNull(merged == null ? graph.module(kind, block) : merged))
                        .toList(),
                mlp.isEmpty() ? -1 : mlp.get(0).index(),
                graph.module(Kind.MLP, block));
    }

    /** Which of a module's destinations a head reads through: its own, or its group's. */
    public int row(DestinationModule input, int head) {
        return head * input.destinations() / heads.size();
    }
}
