package io.edgewise.graph;

import java.io.Serializable;
import java.util.List;

/**
 * The destinations that AutoCircuit keeps in one tensor of prune scores: all heads' query (key, value) inputs of a
 * block, an MLP's input, or a stage of the stream.
 *
 * @param name AutoCircuit's module name, {@code blocks.0.hook_q_input}
 * @param block the block it belongs to; the last one for the end of the stream
 * @param nodes the names of the destinations, by head where they are heads' inputs
 * @param firstSource the first source that has edges to every destination here
 * @param sources how many sources have such edges; they are consecutive
 * @param offset the place of the module's first edge among the edges of one position, in the canonical order
 */
public record DestinationModule(
        String name, Kind kind, int block, int layer, List<String> nodes, int firstSource, int sources, int offset)
        implements Serializable {
    public DestinationModule {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty() || (nodes.size() > 1 && !kind.isHeadInput())) {
            throw new IllegalArgumentException(name + " of kind " + kind + " can't have " + nodes.size() + " nodes");
        }
    }

    /** What reads, in the canonical order within a layer. */
    public enum Kind {
        QUERY(true),
        KEY(true),
        VALUE(true),
        ATTENTION(true),
        MLP(false),
        RESIDUAL_MID(false),
        RESIDUAL_POST(false),
        RESIDUAL_END(false);

        private final boolean headInput;

        Kind(boolean headInput) {
            this.headInput = headInput;
        }

        /** Whether each head of a block has one. */
        public boolean isHeadInput() {
            return headInput;
        }
    }

    /** How many destinations: rows of the module's {@code [destination, source]} matrix of edges. */
    public int destinations() {
        return nodes.size();
    }

    /** How many edges at one position. */
    public int edges() {
        return destinations() * sources;
    }
}
