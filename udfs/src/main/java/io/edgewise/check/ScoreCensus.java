package io.edgewise.check;

import io.edgewise.score.RankedScores;
import java.util.stream.IntStream;

/**
 * How many scores are zero, and how many aren't finite.
 *
 * @param notFinite NaN or infinite
 * @param zero exactly zero: no gradient reached the edge, or its ablation equals what it carries
 */
public record ScoreCensus(int edges, int notFinite, int zero) {
    public static ScoreCensus of(RankedScores scores) {
        int notFinite = (int) IntStream.range(0, scores.size())
                .filter(edge -> !Double.isFinite(scores.get(edge)))
                .count();
        int zero = (int) IntStream.range(0, scores.size())
                .filter(edge -> scores.get(edge) == 0)
                .count();
        return new ScoreCensus(scores.size(), notFinite, zero);
    }
}
