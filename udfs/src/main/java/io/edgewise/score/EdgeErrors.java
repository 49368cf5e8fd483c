package io.edgewise.score;

import io.edgewise.uncertainty.Interval;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The errors of neighbouring edges' scores, by edge.
 *
 * @param standardError the score's standard error; not a number where there is one prompt
 * @param low the 2.5th percentile of the score over replicates
 * @param high the 97.5th percentile
 * @param positive the share of replicates in which the score is positive
 * @param negative the share of replicates in which the score is negative
 */
@SuppressWarnings("ArrayRecordComponent")
public record EdgeErrors(
        EdgeRange range, double[] standardError, double[] low, double[] high, double[] positive, double[] negative)
        implements Serializable {

    static EdgeErrors empty(EdgeRange range) {
        int edges = range.size();
        return new EdgeErrors(
                range, new double[edges], new double[edges], new double[edges], new double[edges], new double[edges]);
    }

    /** @param scores the edge's score in every replicate */
    void put(int edge, double error, Interval interval, double[] scores) {
        standardError[edge] = error;
        low[edge] = interval.low();
        high[edge] = interval.high();
        positive[edge] = share(scores, 1);
        negative[edge] = share(scores, -1);
    }

    private static double share(double[] scores, int sign) {
        return (double) Arrays.stream(scores)
                        .filter(score -> Math.signum(score) == sign)
                        .count()
                / scores.length;
    }
}
