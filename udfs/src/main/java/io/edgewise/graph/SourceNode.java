package io.edgewise.graph;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Something that writes to the residual stream: the embedding, a head (its own output through W_O, without b_O) or an
 * MLP (with its output bias). In a graph that isn't factorized, also the stream itself, between a block's parts.
 *
 * @param module AutoCircuit's module name: {@code blocks.0.attn.hook_result}
 * @param index the row of this source in every array of shape {@code [source, ...]}
 */
public record SourceNode(String name, String module, Kind kind, int block, int layer, @Nullable Integer head, int index)
        implements Node, Serializable {

    /** What writes. */
    public enum Kind {
        START,
        HEAD,
        MLP,
        RESIDUAL_MID,
        RESIDUAL_POST
    }

    @Override
    public String toString() {
        return name;
    }
}
