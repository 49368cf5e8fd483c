package io.edgewise.score;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the rankings of replicates say of edges and circuits, as numbers that are summed over replicates: each edge's rank; for each size
 * whether an edge is in the circuit of that size; and, in a place of its own for each replicate, how many edges its circuit has in common with the
 * circuit of all prompts.
 *
 * @param scores of all prompts
 * @param sizes of circuits, at least one edge each
 * @param replicates how many there are
 */
public record ReplicateRanks(PruneScores scores, List<Integer> sizes, int replicates) implements Serializable {
    public ReplicateRanks {
        sizes = List.copyOf(sizes);
    }

    /** How many numbers a replicate gives. */
    public int length() {
        return Math.addExact(
                Math.multiplyExact(scores.size(), 1 + sizes.size()), Math.multiplyExact(sizes.size(), replicates));
    }

    /**
     * What one replicate gives.
     *
     * @param replicate from 0
     * @param sampled its scores, in canonical order
     */
    public double[] of(int replicate, double[] sampled) {
        double[] numbers = new double[length()];
        int[] ranking = PruneScores.of(scores.graph(), sampled).ranking();
        int[] ranks = ranks(scores);
        for (int place = 0; place < ranking.length; place++) {
            int edge = ranking[place];
            numbers[edge] = place + 1;
            for (int size = 0; size < sizes.size(); size++) {
                if (place < sizes.get(size)) {
                    numbers[inclusion(size, edge)] = 1;
                    if (ranks[edge] <= sizes.get(size)) {
                        numbers[common(size, replicate)]++;
                    }
                }
            }
        }
        return numbers;
    }

    /** The rank of every edge, from 1 for the highest absolute score; ties in canonical order. */
    public static int[] ranks(PruneScores scores) {
        int[] ranking = scores.ranking();
        int[] ranks = new int[ranking.length];
        IntStream.range(0, ranking.length).forEach(place -> ranks[ranking[place]] = place + 1);
        return ranks;
    }

    private int inclusion(int size, int edge) {
        return (1 + size) * scores.size() + edge;
    }

    private int common(int size, int replicate) {
        return (1 + sizes.size()) * scores.size() + size * replicates + replicate;
    }

    /** The mean rank of every edge. */
    public double[] meanRanks(double[] sums) {
        return Arrays.stream(sums, 0, scores.size())
                .map(sum -> sum / replicates)
                .toArray();
    }

    /** For each size the share of replicates whose circuit has an edge, {@code [size][edge]}. */
    public double[][] inclusion(double[] sums) {
        double[][] shares = new double[sizes.size()][];
        for (int size = 0; size < shares.length; size++) {
            shares[size] = Arrays.stream(sums, inclusion(size, 0), inclusion(size, scores.size()))
                    .map(count -> count / replicates)
                    .toArray();
        }
        return shares;
    }

    /** For each size how alike the replicates' circuits and the circuit of all prompts are. */
    public List<Stability> stability(double[] sums) {
        return IntStream.range(0, sizes.size())
                .mapToObj(size -> {
                    double edges = sizes.get(size);
                    return Stability.of(
                            sizes.get(size),
                            Arrays.stream(sums, common(size, 0), common(size, replicates))
                                    .map(common -> common / (2 * edges - common))
                                    .toArray());
                })
                .toList();
    }
}
