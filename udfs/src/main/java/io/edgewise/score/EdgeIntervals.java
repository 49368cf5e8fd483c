package io.edgewise.score;

import io.edgewise.reduce.SliceSum;
import io.edgewise.uncertainty.Bootstrap;
import io.edgewise.uncertainty.Interval;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What the replicates say of neighbouring edges, each by itself.
 *
 * @param firstEdge the first of the edges
 * @param low the 2.5th percentile of each one's scores
 * @param high the 97.5th percentile
 * @param positive the share of replicates in which the score is positive
 * @param negative the share in which it is negative
 */
@SuppressWarnings("ArrayRecordComponent")
public record EdgeIntervals(int firstEdge, double[] low, double[] high, double[] positive, double[] negative)
        implements Serializable {

    /** What they say of the edges of a slice. */
    public static EdgeIntervals of(Replicates replicates, SliceSum slice) {
        int edges = replicates.edges(slice);
        int usable = replicates.usable().length;
        EdgeIntervals intervals = new EdgeIntervals(
                replicates.layout().firstEdge(slice.slice()),
                new double[edges],
                new double[edges],
                new double[edges],
                new double[edges]);
        for (int edge = 0; edge < edges; edge++) {
            double[] scores = replicates.ofEdge(slice, edge);
            Interval interval = Bootstrap.interval(scores);
            intervals.low[edge] = interval.low();
            intervals.high[edge] = interval.high();
            intervals.positive[edge] =
                    (double) Arrays.stream(scores).filter(score -> score > 0).count() / usable;
            intervals.negative[edge] =
                    (double) Arrays.stream(scores).filter(score -> score < 0).count() / usable;
        }
        return intervals;
    }
}
