package io.edgewise.graph;

import java.io.Serializable;

/** One way from what a source writes to what a destination reads. */
public record Edge(SourceNode source, DestinationNode destination) implements Serializable {
    public Edge {
        if (source.layer() >= destination.layer()) {
            throw new IllegalArgumentException("An edge runs to a higher layer, got " + source + " (layer "
                    + source.layer() + ") -> " + destination + " (layer " + destination.layer() + ")");
        }
    }

    /** AutoCircuit's name: {@code A0.3->A1.2.Q}. */
    public String name() {
        return source.name() + "->" + destination.name();
    }

    @Override
    public String toString() {
        return name();
    }
}
