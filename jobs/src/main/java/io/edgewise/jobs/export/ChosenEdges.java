package io.edgewise.jobs.export;

import io.edgewise.circuit.Circuit;
import io.edgewise.score.PruneScores;
import io.edgewise.score.Ranking;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The edges that are exported.
 *
 * @param ranking the order they are written in, strongest first
 * @param count how many edges were asked for; null for all
 */
public record ChosenEdges(PruneScores scores, Ranking ranking, @Nullable Integer count) {

    /**
     * An edge that is written.
     *
     * @param index the edge's place in the canonical order
     * @param rank from 1
     */
    record Ranked(int index, int rank) {}

    /** @throws io.edgewise.InputException where more edges are asked for than there are */
    public ChosenEdges {
        if (count != null) {
            circuit(scores, ranking, count);
        }
    }

    private static Circuit circuit(PruneScores scores, Ranking ranking, int count) {
        return Circuit.of(scores, List.of(count), ranking).get(0);
    }

    /** How many edges there are: more than were asked for where scores tie. */
    public int size() {
        return count == null ? scores.size() : circuit(scores, ranking, count).achievedEdges();
    }

    /** The edges, strongest first. */
    List<Ranked> strongestFirst() {
        int[] ranked = scores.ranking(ranking);
        return IntStream.range(0, size())
                .mapToObj(place -> new Ranked(ranked[place], place + 1))
                .toList();
    }

    /** At most {@code most} of the strongest edges; of edges that tie at the limit, the last are left out. */
    static int[] atMost(PruneScores scores, Ranking ranking, int most) {
        return Arrays.copyOf(scores.ranking(ranking), most);
    }
}
