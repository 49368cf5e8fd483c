package io.edgewise.graph;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Something that writes to the residual stream: the embedding, a head (its own output through W_O, without b_O) or an
 * MLP (with its output bias).
 *
 * @param index the row of this source in every array of shape {@code [source, ...]}
 */
public record SourceNode(String name, int layer, @Nullable Integer head, int index) implements Node, Serializable {
    @Override
    public String toString() {
        return name;
    }
}
