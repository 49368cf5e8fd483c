package io.edgewise.score;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Counts of how replicates rank edges: the sum of each edge's ranks; in how many replicates an edge is in the circuit of each size; and how many
 * edges the circuits of each replicate have in common with the circuits of all prompts. Counts are whole numbers, so they can be added in any order.
 *
 * @param scores the scores from all prompts
 * @param sizes the circuits' sizes, ascending, at least one edge each
 * @param replicates how many replicates there are
 */
public record ReplicateRanks(RankedScores scores, List<Integer> sizes, int replicates) implements Serializable {
    public ReplicateRanks {
        sizes = List.copyOf(new TreeSet<>(sizes));
    }

    /** How many counts there are. */
    public int length() {
        return Math.addExact(
                Math.multiplyExact(scores.size(), 1 + sizes.size()), Math.multiplyExact(sizes.size(), replicates));
    }

    /** A counter of replicates, one after another. */
    public Counter counter() {
        return new Counter();
    }

    /** A counter of replicates. */
    public final class Counter {
        private final double[] counts = new double[length()];
        private final int[] ranks = scores.ranks();

        /**
         * Counts a replicate.
         *
         * @param replicate its place among all
         * @param sampled its scores, in canonical order
         */
        public void add(int replicate, double[] sampled) {
            int[] ranking = scores.with(sampled).ranking();
            for (int place = 0; place < ranking.length; place++) {
                int edge = ranking[place];
                counts[edge] += place + 1;
                int size = smallest(place + 1);
                if (size < sizes.size()) {
                    counts[inclusion(size, edge)]++;
                }
                int inBoth = smallest(Math.max(place + 1, ranks[edge]));
                if (inBoth < sizes.size()) {
                    counts[common(inBoth, replicate)]++;
                }
            }
        }

        /** The place of the smallest size whose circuit has the edge of a rank; the number of sizes where none has it. */
        private int smallest(int rank) {
            int place = Collections.binarySearch(sizes, rank);
            return place < 0 ? -place - 1 : place;
        }

        /** The counts. For edges and circuits, each size has only what it adds to the size before. */
        public double[] counts() {
            return counts;
        }
    }

    private int inclusion(int size, int edge) {
        return (1 + size) * scores.size() + edge;
    }

    private int common(int size, int replicate) {
        return (1 + sizes.size()) * scores.size() + size * replicates + replicate;
    }

    /** The mean rank of every edge. */
    public double[] meanRanks(double[] counts) {
        return Arrays.stream(counts, 0, scores.size())
                .map(sum -> sum / replicates)
                .toArray();
    }

    /** For each size the share of replicates whose circuit has an edge, {@code [size][edge]}. */
    public double[][] inclusion(double[] counts) {
        double[][] shares = new double[sizes.size()][scores.size()];
        for (int edge = 0; edge < scores.size(); edge++) {
            double count = 0;
            for (int size = 0; size < shares.length; size++) {
                count += counts[inclusion(size, edge)];
                shares[size][edge] = count / replicates;
            }
        }
        return shares;
    }

    /** For each size, how much the replicates' circuits agree with the circuit of all prompts. */
    public List<Stability> stability(double[] counts) {
        double[][] jaccard = new double[sizes.size()][replicates];
        for (int replicate = 0; replicate < replicates; replicate++) {
            double common = 0;
            for (int size = 0; size < jaccard.length; size++) {
                common += counts[common(size, replicate)];
                jaccard[size][replicate] = common / (2.0 * sizes.get(size) - common);
            }
        }
        return IntStream.range(0, sizes.size())
                .mapToObj(size -> Stability.of(sizes.get(size), jaccard[size]))
                .toList();
    }
}
