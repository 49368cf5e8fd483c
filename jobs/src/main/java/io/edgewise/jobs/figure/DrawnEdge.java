package io.edgewise.jobs.figure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An edge of a circuit and its score.
 *
 * @param position the token position, from 0; null where the edge stands for all positions
 */
public record DrawnEdge(DrawnNode source, DrawnNode destination, @Nullable Integer position, double score) {
    public DrawnEdge {
        if (source.layer() >= destination.layer()) {
            throw new IllegalArgumentException("An edge runs to a higher layer, got " + source + " and " + destination);
        }
        if (position != null && position < 0) {
            throw new IllegalArgumentException("A position is at least 0, got " + position);
        }
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("A drawn edge has a finite score, got " + score + " for " + source.name()
                    + "->" + destination.name());
        }
    }

    /**
     * An edge with a score of any size. An infinite score, which ACDC gives an edge that it never removes, is drawn as wide as the widest.
     *
     * @param largest the largest finite score of the picture, without its sign
     */
    public static DrawnEdge of(
            DrawnNode source, DrawnNode destination, @Nullable Integer position, double score, double largest) {
        double finite = Double.isFinite(score) ? score : Math.copySign(largest, score);
        return new DrawnEdge(source, destination, position, finite);
    }

    /** Whether it begins or ends in a node. */
    public boolean touches(String node) {
        return source.node().equals(node) || destination.node().equals(node);
    }

    /** The score without its sign. */
    double size() {
        return Math.abs(score);
    }

    boolean negative() {
        return score < 0;
    }

    /** AutoCircuit's name of the edge. */
    String name() {
        return source.name() + "->" + destination.name();
    }

    String scoreText() {
        return scoreText(score);
    }

    /** A score with four significant digits. */
    static String scoreText(double score) {
        return String.format(Locale.ROOT, "%.4g", score);
    }
}
