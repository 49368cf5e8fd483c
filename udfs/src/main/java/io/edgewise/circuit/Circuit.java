package io.edgewise.circuit;

import io.edgewise.InputException;
import io.edgewise.score.RankedScores;
import io.edgewise.score.Ranking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The edges whose score counts for at least a threshold. Ties at the threshold are all in, so a circuit can have more
 * edges than were asked for.
 *
 * @param ranking what edges are ranked by; AutoCircuit ranks by absolute value
 * @param requestedEdges how many edges were asked for
 * @param achievedEdges how many it has
 * @param threshold what the {@code requestedEdges}-th highest score counts for; infinity for none
 */
public record Circuit(Ranking ranking, int requestedEdges, int achievedEdges, double threshold) implements EdgeSet {

    /** A circuit of the highest absolute scores for each count of edges. */
    public static List<Circuit> of(RankedScores scores, List<Integer> counts) {
        return of(scores, counts, Ranking.ABSOLUTE);
    }

    /** A circuit for each count of edges. */
    public static List<Circuit> of(RankedScores scores, List<Integer> counts, Ranking ranking) {
        double[] descending = scores.descending(ranking);
        List<Circuit> circuits = new ArrayList<>();
        for (int count : counts) {
            if (count < 0 || count > descending.length) {
                throw new InputException("Edge count must be between 0 and " + descending.length + ", got " + count);
            }
            double threshold = count == 0 ? Double.POSITIVE_INFINITY : descending[count - 1];
            int achieved = (int) Arrays.stream(descending)
                    .filter(score -> score >= threshold)
                    .count();
            circuits.add(new Circuit(ranking, count, achieved, threshold));
        }
        return List.copyOf(circuits);
    }

    public boolean contains(double score) {
        return ranking.strength(score) >= threshold;
    }

    @Override
    public IntPredicate of(RankedScores scores) {
        return edge -> contains(scores.get(edge));
    }
}
