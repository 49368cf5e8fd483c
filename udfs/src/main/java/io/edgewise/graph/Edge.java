package io.edgewise.graph;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A connection from what a source writes to what a destination reads.
 *
 * @param position the token position, from 0, whose copy of the edge this is; null where all positions share it
 */
public record Edge(SourceNode source, DestinationNode destination, @Nullable Integer position) implements Serializable {
    public Edge {
        if (source.layer() >= destination.layer()) {
            throw new IllegalArgumentException("An edge runs to a higher layer, got " + source + " (layer "
                    + source.layer() + ") -> " + destination + " (layer " + destination.layer() + ")");
        }
    }

    /** AutoCircuit's name: {@code A0.3->A1.2.Q}; the same at every position. */
    public String name() {
        return source.name() + "->" + destination.name();
    }

    /** The name, with the position in brackets where the edge has one: {@code A0.3->A1.2.Q[5]}. */
    @Override
    public String toString() {
        return position == null ? name() : name() + "[" + position + "]";
    }
}
