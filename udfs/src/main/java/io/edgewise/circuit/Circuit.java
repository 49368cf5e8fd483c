package io.edgewise.circuit;

import io.edgewise.InputException;
import io.edgewise.score.RankedScores;
import io.edgewise.score.Ranking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A set of edges that was chosen by their scores.
 *
 * @param ranking what edges are ranked by; AutoCircuit ranks by absolute value
 * @param requestedEdges how many edges were asked for
 * @param achievedEdges how many it has
 * @param members which these are
 */
public record Circuit(Ranking ranking, int requestedEdges, int achievedEdges, Members members) implements EdgeSet {

    /** A circuit of the highest absolute scores for each count of edges. */
    public static List<Circuit> of(RankedScores scores, List<Integer> counts) {
        return of(scores, counts, Ranking.ABSOLUTE);
    }

    /** A circuit for each count of edges. Ties at the threshold are all in, so it can have more edges than were asked for. */
    public static List<Circuit> of(RankedScores scores, List<Integer> counts, Ranking ranking) {
        double[] descending = scores.descending(ranking);
        List<Circuit> circuits = new ArrayList<>();
        for (int count : counts) {
            check(count, descending.length);
            double threshold = count == 0 ? Double.POSITIVE_INFINITY : descending[count - 1];
            int achieved = (int) Arrays.stream(descending)
                    .filter(score -> score >= threshold)
                    .count();
            circuits.add(new Circuit(ranking, count, achieved, new Members.AtLeast(ranking, threshold)));
        }
        return List.copyOf(circuits);
    }

    /** A circuit of the edges at given places. */
    static Circuit of(Ranking ranking, int requestedEdges, BitSet places) {
        return new Circuit(ranking, requestedEdges, places.cardinality(), new Members.Listed(places));
    }

    /**
     * Checks a number of edges.
     *
     * @throws InputException where a graph of {@code edges} edges has no circuit of {@code count}
     */
    public static void check(int count, int edges) {
        if (count < 0 || count > edges) {
            throw new InputException("Edge count must be between 0 and " + edges + ", got " + count);
        }
    }

    @Override
    public IntPredicate of(RankedScores scores) {
        return members.of(scores);
    }

    /** The places of its edges in the scores' order. */
    public BitSet places(RankedScores scores) {
        if (members instanceof Members.Places listed) {
            return (BitSet) listed.places().clone();
        }
        IntPredicate in = of(scores);
        BitSet places = new BitSet(scores.size());
        for (int place = 0; place < scores.size(); place++) {
            if (in.test(place)) {
                places.set(place);
            }
        }
        return places;
    }
}
