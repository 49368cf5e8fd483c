package io.edgewise.circuit;

import io.edgewise.InputException;
import io.edgewise.score.PruneScores;
import io.edgewise.score.RankedScores;
import io.edgewise.score.Ranking;
import io.edgewise.selection.ConnectedCircuit;
import io.edgewise.selection.ConnectedCircuits;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A way to choose a circuit's edges by their scores, for any number of edges. */
public sealed interface Selection {

    /** What edges are ranked by. */
    Ranking ranking();

    /** The same way, with another ranking where it has one. */
    Selection by(Ranking other);

    /**
     * A circuit for each count of edges.
     *
     * @throws InputException where a count is larger than the graph, or there is no such circuit of it
     */
    List<Circuit> circuits(RankedScores scores, List<Integer> counts);

    /** The edges of the highest rank; AutoCircuit's. Those that tie with the last are in too. */
    record Strongest(Ranking ranking) implements Selection {
        @Override
        public Selection by(Ranking other) {
            return new Strongest(other);
        }

        @Override
        public List<Circuit> circuits(RankedScores scores, List<Integer> counts) {
            return Circuit.of(scores, counts, ranking);
        }
    }

    /**
     * The edges of the highest rank among those whose score's sign is beyond doubt, and after these the others.
     *
     * @param consistent the places of the edges whose sign is beyond doubt
     */
    record Consistent(Ranking ranking, BitSet consistent) implements Selection {
        @Override
        public Selection by(Ranking other) {
            return new Consistent(other, consistent);
        }

        @Override
        public List<Circuit> circuits(RankedScores scores, List<Integer> counts) {
            int[] ranked = scores.ranking(ranking);
            int[] order = IntStream.concat(
                            IntStream.of(ranked).filter(consistent::get),
                            IntStream.of(ranked).filter(place -> !consistent.get(place)))
                    .toArray();
            return chosen(ranking, order.length, counts, count -> first(order, count, new BitSet()));
        }
    }

    /**
     * The edges of the highest scores, for a share of the circuit, and for the rest those of the highest absolute scores among the others. A
     * share of 0 is {@link Ranking#ABSOLUTE}, of 1 {@link Ranking#SIGNED}, but for ties.
     *
     * @param positive the share, from 0 to 1; the number of edges is rounded down
     */
    record Ratio(double positive) implements Selection {
        public Ratio {
            if (!(positive >= 0 && positive <= 1)) {
                throw new InputException("--ratio must be between 0 and 1, got " + positive);
            }
        }

        @Override
        public Ranking ranking() {
            return Ranking.ABSOLUTE;
        }

        @Override
        public Selection by(Ranking other) {
            return this;
        }

        @Override
        public List<Circuit> circuits(RankedScores scores, List<Integer> counts) {
            int[] signed = scores.ranking(Ranking.SIGNED);
            int[] absolute = scores.ranking(Ranking.ABSOLUTE);
            return chosen(
                    ranking(),
                    signed.length,
                    counts,
                    count -> first(absolute, count, first(signed, (int) (positive * count), new BitSet())));
        }
    }

    /**
     * The edges of the largest total strength among those sets in which every edge lies on a path, within the set, from the start of the
     * model to its end.
     *
     * @param limit how long the search may take, for all counts together
     */
    record Connected(Ranking ranking, Duration limit) implements Selection {
        @Override
        public Selection by(Ranking other) {
            return new Connected(other, limit);
        }

        @Override
        public List<Circuit> circuits(RankedScores scores, List<Integer> counts) {
            if (!(scores instanceof PruneScores)) {
                throw new InputException("--select connected wants circuits of edges, and these scores are of "
                        + scores.level().words() + "; leave it out, or give scores of edges");
            }
            double[] strengths = IntStream.range(0, scores.size())
                    .mapToDouble(edge -> ranking.strength(scores.get(edge)))
                    .toArray();
            return ConnectedCircuits.of(scores.graph(), strengths, counts, limit).stream()
                    .map(this::circuit)
                    .toList();
        }

        private Circuit circuit(ConnectedCircuit connected) {
            if (connected instanceof ConnectedCircuit.Found found) {
                return new Circuit(
                        ranking,
                        found.size(),
                        found.edges().cardinality(),
                        new Members.Searched(found.edges(), found.gap()));
            }
            ConnectedCircuit.Impossible impossible = (ConnectedCircuit.Impossible) connected;
            throw new InputException("There is no connected circuit of " + impossible.size() + " edges: "
                    + impossible.reason() + "; give other --edge-counts");
        }
    }

    /** A circuit of the chosen places for each count. */
    private static List<Circuit> chosen(Ranking ranking, int edges, List<Integer> counts, IntFunction<BitSet> chosen) {
        counts.forEach(count -> Circuit.check(count, edges));
        return counts.stream()
                .map(count -> Circuit.of(ranking, count, chosen.apply(count)))
                .toList();
    }

    /** Adds places in an order until there are {@code count}. */
    private static BitSet first(int[] order, int count, BitSet places) {
        int missing = count - places.cardinality();
        for (int i = 0; missing > 0; i++) {
            if (!places.get(order[i])) {
                places.set(order[i]);
                missing--;
            }
        }
        return places;
    }
}
