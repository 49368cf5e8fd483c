package io.edgewise.jobs.report;

/**
 * Several edges together.
 *
 * @param edges how many
 * @param score the sum of their scores, each with its sign
 */
public record EdgeSum(long edges, double score) {
    public static final EdgeSum NONE = new EdgeSum(0, 0);

    public EdgeSum plus(EdgeSum other) {
        return new EdgeSum(edges + other.edges, score + other.score);
    }
}
