package io.edgewise.graph;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Something that reads the residual stream, before its norm: the query, key or value input of a head, an MLP, or the
 * end of the stream.
 *
 * @param module AutoCircuit's module name, the key of its prune scores: {@code blocks.0.hook_q_input}
 */
public record DestinationNode(String name, String module, int layer, @Nullable Integer head)
        implements Node, Serializable {
    @Override
    public String toString() {
        return name;
    }
}
