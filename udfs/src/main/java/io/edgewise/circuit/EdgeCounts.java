package io.edgewise.circuit;

import io.edgewise.InputException;
import io.edgewise.score.RankedScores;
import io.edgewise.score.Ranking;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Which circuit sizes a sweep runs; AutoCircuit's {@code edge_counts_util}. */
public sealed interface EdgeCounts {

    /**
     * The sizes, ascending, each once. 0 and the number of all edges are added where there are more than two.
     *
     * @param ranking how circuits are chosen
     * @throws InputException where a size is larger than the graph
     */
    List<Integer> of(RankedScores scores, Ranking ranking);

    /** The sizes of circuits of the highest absolute scores. */
    default List<Integer> of(RankedScores scores) {
        return of(scores, Ranking.ABSOLUTE);
    }

    /** A size as a number of edges or as a share of all. */
    sealed interface Size {
        int of(int edges);

        record Edges(int count) implements Size {
            @Override
            public int of(int edges) {
                return count;
            }
        }

        /** A share of all edges; the number of edges is rounded down, as in AutoCircuit. */
        record Share(double share) implements Size {
            @Override
            public int of(int edges) {
                return (int) (edges * share);
            }
        }
    }

    /** Sizes that were given one by one. */
    record Listed(List<Size> sizes) implements EdgeCounts {
        public Listed {
            sizes = List.copyOf(sizes);
        }

        @Override
        public List<Integer> of(RankedScores scores, Ranking ranking) {
            List<Integer> counts =
                    sizes.stream().map(size -> size.of(scores.size())).toList();
            for (int count : counts) {
                if (count < 0 || count > scores.size()) {
                    throw new InputException("Edge count must be between 0 and " + scores.size() + ", got " + count);
                }
            }
            return withEnds(counts, scores.size());
        }
    }

    /** Sizes by a rule. */
    enum Rule implements EdgeCounts {
        /** 0, 1, 2, ..., all edges. */
        ALL {
            @Override
            public List<Integer> of(RankedScores scores, Ranking ranking) {
                return IntStream.rangeClosed(0, scores.size()).boxed().toList();
            }
        },
        /** 0, 1, ..., 9, 10, 20, ..., 90, 100, 200, ..., all edges. */
        LOGARITHMIC {
            @Override
            public List<Integer> of(RankedScores scores, Ranking ranking) {
                List<Integer> counts = new ArrayList<>();
                for (long step = 1; step < scores.size(); step *= 10) {
                    for (long count = step; count < Math.min(10 * step, scores.size()); count += step) {
                        counts.add((int) count);
                    }
                }
                return withEndsOrWithout(counts, scores.size());
            }
        },
        /** The sizes at which a group of equally ranked edges is complete. */
        GROUPS {
            @Override
            public List<Integer> of(RankedScores scores, Ranking ranking) {
                double[] descending = scores.descending(ranking);
                List<Integer> counts = new ArrayList<>();
                for (int i = 1; i <= descending.length; i++) {
                    if (i == descending.length || descending[i] != descending[i - 1]) {
                        counts.add(i);
                    }
                }
                return withEndsOrWithout(counts, scores.size());
            }
        },
        /** The sizes at which the MIB benchmark compares circuits: {@link BenchmarkCurve#SHARES} of the edges, and none. */
        MIB {
            @Override
            public List<Integer> of(RankedScores scores, Ranking ranking) {
                return withEnds(
                        BenchmarkCurve.SHARES.stream()
                                .map(share -> new Size.Share(share).of(scores.size()))
                                .toList(),
                        scores.size());
            }
        },
        /** GROUPS where few scores differ, else LOGARITHMIC above 200 edges and ALL up to there. */
        DEFAULT {
            @Override
            public List<Integer> of(RankedScores scores, Ranking ranking) {
                double[] descending = scores.descending(ranking);
                int groups = 1;
                for (int i = 1; i < descending.length; i++) {
                    groups += descending[i] == descending[i - 1] ? 0 : 1;
                }
                if (groups < Math.min(scores.size() / 2.0, 100)) {
                    return GROUPS.of(scores, ranking);
                }
                return scores.size() > 200 ? LOGARITHMIC.of(scores, ranking) : ALL.of(scores, ranking);
            }
        }
    }

    /** AutoCircuit's rules leave out the two ends where there are no more than two sizes: then one of them is the circuit. */
    private static List<Integer> withEndsOrWithout(List<Integer> counts, int edges) {
        return counts.size() > 2
                ? withEnds(counts, edges)
                : counts.stream().filter(count -> count > 0 && count < edges).toList();
    }

    private static List<Integer> withEnds(List<Integer> counts, int edges) {
        TreeSet<Integer> ordered = new TreeSet<>(counts);
        if (ordered.size() > 2) {
            ordered.add(0);
            ordered.add(edges);
        }
        return List.copyOf(ordered);
    }
}
