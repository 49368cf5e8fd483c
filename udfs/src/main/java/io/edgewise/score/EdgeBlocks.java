package io.edgewise.score;

import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.ModelGraph;
import java.io.Serializable;
import java.util.BitSet;

/**
 * The edges of exact patching in blocks of neighbours by canonical order. What is in a block depends on the edges alone, so results don't depend on
 * where blocks run.
 */
public record EdgeBlocks(BitSet edges) implements Serializable {
    /** The most edges of a block. */
    public static final int SIZE = 512;

    public EdgeBlocks {
        edges = (BitSet) edges.clone();
    }

    /** How many blocks there are. */
    public int count() {
        return (edges.cardinality() + SIZE - 1) / SIZE;
    }

    /** The edges of a block, by their places in the canonical order. */
    public BitSet block(int index) {
        BitSet block = new BitSet();
        edges.stream().skip((long) index * SIZE).limit(SIZE).forEach(block::set);
        return block;
    }

    /**
     * How many forward passes all edges are worth: an edge costs the share of the blocks of the model from its destination's on, the last block half,
     * since most of it is computed at one position.
     */
    public double forwards(ModelGraph graph, int modelBlocks) {
        return edges.stream()
                .mapToDouble(edge -> behind(graph.moduleOf(edge), modelBlocks))
                .sum();
    }

    private static double behind(DestinationModule module, int modelBlocks) {
        boolean isEnd = module.kind() == DestinationModule.Kind.RESIDUAL_END;
        return isEnd ? 0 : (modelBlocks - module.block() - 0.5) / modelBlocks;
    }
}
