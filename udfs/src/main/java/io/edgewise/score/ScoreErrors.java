package io.edgewise.score;

import java.io.Serializable;
import java.util.List;

/**
 * The errors of scores over the choice of prompts: one number per edge in canonical order, in the scores' unit unless said otherwise.
 *
 * @param standardError the score's standard error, from the spread of what prompts add; not a number where there is one prompt
 * @param low the 2.5th percentile of the score over bootstrap replicates
 * @param high the 97.5th percentile
 * @param signConsistency the share of replicates in which the score has the sign it has; 1 where it is zero in all
 * @param meanRank the mean over replicates of the edge's rank by absolute score, from 1
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScoreErrors(
        double[] standardError, double[] low, double[] high, double[] signConsistency, double[] meanRank)
        implements Serializable {

    /**
     * The errors, put together from ranges of edges and from ranks.
     *
     * @param ofRanges the errors of all edges, in any order
     */
    public static ScoreErrors of(RankedScores scores, List<EdgeErrors> ofRanges, double[] meanRank) {
        int edges = scores.size();
        ScoreErrors errors =
                new ScoreErrors(new double[edges], new double[edges], new double[edges], new double[edges], meanRank);
        for (EdgeErrors some : ofRanges) {
            int first = some.range().first();
            copy(some.standardError(), errors.standardError, first);
            copy(some.low(), errors.low, first);
            copy(some.high(), errors.high, first);
            for (int place = 0; place < some.range().size(); place++) {
                errors.signConsistency[first + place] = consistency(scores.get(first + place), some, place);
            }
        }
        return errors;
    }

    private static void copy(double[] some, double[] all, int first) {
        System.arraycopy(some, 0, all, first, some.length);
    }

    private static double consistency(double score, EdgeErrors errors, int place) {
        double positive = errors.positive()[place];
        double negative = errors.negative()[place];
        return score > 0 ? positive : score < 0 ? negative : 1 - positive - negative;
    }
}
