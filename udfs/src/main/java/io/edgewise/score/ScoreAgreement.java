package io.edgewise.score;

import io.edgewise.uncertainty.Bootstrap;
import io.edgewise.uncertainty.Estimate;
import java.util.BitSet;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/**
 * How well scores agree with exact patching, over the edges that were patched.
 *
 * <p>The replicates are of the Poisson bootstrap over edges: intervals say how much a number depends on which edges there are, not on the prompts.
 * Ranks are taken once, over all edges. The shares of the strongest edges have no replicates.
 *
 * @param edges how many edges were patched
 * @param pearson the correlation of the scores
 * @param spearman the correlation of the scores' ranks; ties have the mean of their ranks
 * @param signs the share of edges with the same sign, of those whose exact score isn't 0
 * @param strongest how many of the strongest edges are the same
 */
public record ScoreAgreement(
        int edges, Estimate pearson, Estimate spearman, Estimate signs, List<Strongest> strongest) {

    /**
     * The strongest edges of both.
     *
     * @param edges how many of each
     * @param share the share of the strongest by exact patching that are among the strongest of the scores too
     */
    public record Strongest(int edges, double share) {}

    public ScoreAgreement {
        strongest = List.copyOf(strongest);
    }

    /**
     * Compares scores with exact patching.
     *
     * @param exact the scores of exact patching, of the same graph
     * @param measured the edges that were patched
     * @param sizes how many of the strongest edges are compared; those above the number of edges are left out
     * @param bootstrap of edges
     */
    public static ScoreAgreement of(
            PruneScores scores, PruneScores exact, BitSet measured, List<Integer> sizes, Bootstrap bootstrap) {
        int[] edges = measured.stream().toArray();
        double[] theirs = values(scores, edges);
        double[] truth = values(exact, edges);
        int[][] times = IntStream.of(edges).mapToObj(bootstrap::weights).toArray(int[][]::new);
        NaturalRanking ranking = new NaturalRanking();
        return new ScoreAgreement(
                edges.length,
                correlation(theirs, truth, times, bootstrap),
                correlation(ranking.rank(theirs), ranking.rank(truth), times, bootstrap),
                signs(theirs, truth, times, bootstrap),
                sizes.stream()
                        .filter(size -> size > 0 && size <= edges.length)
                        .map(size -> new Strongest(size, share(scores, exact, measured, size)))
                        .toList());
    }

    private static double[] values(PruneScores scores, int[] edges) {
        return IntStream.of(edges).mapToDouble(scores::get).toArray();
    }

    private static Estimate correlation(double[] x, double[] y, int[][] times, Bootstrap bootstrap) {
        WeightedCorrelation all = new WeightedCorrelation();
        WeightedCorrelation[] replicates = IntStream.range(0, bootstrap.replicates())
                .mapToObj(replicate -> new WeightedCorrelation())
                .toArray(WeightedCorrelation[]::new);
        double meanX = DoubleStream.of(x).average().orElse(0);
        double meanY = DoubleStream.of(y).average().orElse(0);
        for (int i = 0; i < x.length; i++) {
            all.add(x[i] - meanX, y[i] - meanY, 1);
            for (int replicate = 0; replicate < replicates.length; replicate++) {
                replicates[replicate].add(x[i] - meanX, y[i] - meanY, times[i][replicate]);
            }
        }
        return new Estimate(
                all.value(),
                IntStream.range(0, replicates.length)
                        .mapToObj(replicate -> replicates[replicate].value())
                        .toList());
    }

    private static Estimate signs(double[] x, double[] y, int[][] times, Bootstrap bootstrap) {
        double[] same = new double[bootstrap.replicates() + 1];
        double[] all = new double[same.length];
        for (int i = 0; i < x.length; i++) {
            if (y[i] != 0) {
                for (int place = 0; place < same.length; place++) {
                    int weight = place == 0 ? 1 : times[i][place - 1];
                    all[place] += weight;
                    same[place] += Math.signum(x[i]) == Math.signum(y[i]) ? weight : 0;
                }
            }
        }
        return new Estimate(
                same[0] / all[0],
                IntStream.range(1, same.length)
                        .mapToObj(place -> same[place] / all[place])
                        .toList());
    }

    private static double share(PruneScores scores, PruneScores exact, BitSet measured, int size) {
        BitSet both = strongest(scores, measured, size);
        both.and(strongest(exact, measured, size));
        return (double) both.cardinality() / size;
    }

    private static BitSet strongest(PruneScores scores, BitSet measured, int size) {
        BitSet strongest = new BitSet();
        IntStream.of(scores.ranking()).filter(measured::get).limit(size).forEach(strongest::set);
        return strongest;
    }
}
