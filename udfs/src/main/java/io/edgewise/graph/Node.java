package io.edgewise.graph;

import org.jspecify.annotations.Nullable;

/** An end of an edge. Names are AutoCircuit's, so that results compare by string. */
public sealed interface Node permits SourceNode, DestinationNode {
    /** AutoCircuit's name: {@code Resid Start}, {@code A0.3}, {@code A1.2.Q}, {@code MLP 1}, {@code Resid End}. */
    String name();

    /** The node's layer. An edge runs from a source to a destination of a higher layer. */
    int layer();

    /** The attention head, or null for a node that isn't one. */
    @Nullable
    Integer head();
}
