package io.edgewise.score;

import java.io.Serializable;
import java.util.List;

/**
 * How far the prompts let scores be believed: one number per edge in canonical order, in the scores' unit where nothing else is said.
 *
 * @param standardError of the score, from the spread of what prompts add; not a number where there is one prompt
 * @param low the 2.5th percentile of the score over bootstrap replicates
 * @param high the 97.5th percentile
 * @param signConsistency the share of replicates in which the score has the sign it has; 1 where it is zero in all
 * @param meanRank mean over replicates of the edge's rank by absolute score, from 1
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScoreErrors(
        double[] standardError, double[] low, double[] high, double[] signConsistency, double[] meanRank)
        implements Serializable {

    /**
     * Puts together what was found in different ways.
     *
     * @param head of the sum over all batches
     * @param prompts prompt pairs in all batches
     * @param intervals of all edges, in any order
     */
    public static ScoreErrors of(
            SampledScorer scorer,
            PruneScores scores,
            double[] head,
            long prompts,
            List<EdgeIntervals> intervals,
            double[] meanRank) {
        int edges = scores.size();
        ScoreErrors errors = new ScoreErrors(
                standardErrors(scorer, scores, head, prompts),
                new double[edges],
                new double[edges],
                new double[edges],
                meanRank);
        for (EdgeIntervals some : intervals) {
            for (int place = 0; place < some.low().length; place++) {
                int edge = some.firstEdge() + place;
                errors.low[edge] = some.low()[place];
                errors.high[edge] = some.high()[place];
                errors.signConsistency[edge] = consistency(scores.get(edge), some, place);
            }
        }
        return errors;
    }

    private static double consistency(double score, EdgeIntervals intervals, int place) {
        double positive = intervals.positive()[place];
        double negative = intervals.negative()[place];
        return score > 0 ? positive : score < 0 ? negative : 1 - positive - negative;
    }

    /** A sum of n prompts' shares is n times their mean: its error is that of the mean times n. */
    private static double[] standardErrors(SampledScorer scorer, PruneScores scores, double[] head, long prompts) {
        SampleLayout layout = scorer.layout(scores.graph());
        double[] shares = layout.shares(head);
        double[] squares = layout.squares(head);
        double ofSum = scorer.scorer().ofSum(prompts);
        double[] errors = new double[shares.length];
        for (int edge = 0; edge < errors.length; edge++) {
            double variance = (squares[edge] - shares[edge] * shares[edge] / prompts) / (prompts - 1);
            errors[edge] = ofSum * Math.sqrt(prompts * Math.max(0, variance));
        }
        return errors;
    }
}
