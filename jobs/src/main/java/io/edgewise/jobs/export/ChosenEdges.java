package io.edgewise.jobs.export;

import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.Selection;
import io.edgewise.score.PruneScores;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The edges that are exported.
 *
 * @param selection how they are chosen; they are written in the order of its ranking, strongest first
 * @param count how many edges were asked for; null for all
 */
public record ChosenEdges(PruneScores scores, Selection selection, @Nullable Integer count) {

    /**
     * An edge that is written.
     *
     * @param index the edge's place in the canonical order
     * @param rank among all edges, from 1
     */
    record Ranked(int index, int rank) {}

    /** @throws io.edgewise.InputException where more edges are asked for than there are */
    public ChosenEdges {
        if (count != null) {
            Circuit.check(count, scores.size());
        }
    }

    /** How many edges there are: more than were asked for where scores tie. */
    public int size() {
        return strongestFirst().size();
    }

    /** The edges, strongest first. */
    List<Ranked> strongestFirst() {
        int[] ranked = scores.ranking(selection.ranking());
        IntPredicate isChosen = count == null
                ? edge -> true
                : selection.circuits(scores, List.of(count)).get(0).of(scores);
        return IntStream.range(0, ranked.length)
                .filter(place -> isChosen.test(ranked[place]))
                .mapToObj(place -> new Ranked(ranked[place], place + 1))
                .toList();
    }

    /** For each size at most so many edges; of edges that tie at the limit, the last are left out. */
    List<BitSet> atMost(List<Integer> sizes) {
        if (!(selection instanceof Selection.Strongest)) {
            return selection.circuits(scores, sizes).stream()
                    .map(circuit -> circuit.places(scores))
                    .toList();
        }
        int[] ranked = scores.ranking(selection.ranking());
        return sizes.stream()
                .map(size -> {
                    BitSet circuit = new BitSet();
                    Arrays.stream(ranked, 0, size).forEach(circuit::set);
                    return circuit;
                })
                .toList();
    }
}
