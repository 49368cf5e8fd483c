package io.edgewise.model;

import io.edgewise.graph.SourceNode;
import java.util.List;

/**
 * Points on the way of one stage's output from what it is to its ablation.
 *
 * @param kind the embedding, all heads of a block together, or the MLP of a block
 * @param block of the heads or the MLP
 * @param shares how much of the way each point is: 0 leaves the output as it is, 1 ablates it
 */
public record StagePoints(SourceNode.Kind kind, int block, List<Double> shares) {
    public StagePoints {
        shares = List.copyOf(shares);
    }

    /** The model as it is. */
    public static StagePoints clean() {
        return new StagePoints(SourceNode.Kind.START, 0, List.of(0.0));
    }

    /** The points {@code [from, to)}. */
    public StagePoints some(int from, int to) {
        return new StagePoints(kind, block, shares.subList(from, to));
    }
}
