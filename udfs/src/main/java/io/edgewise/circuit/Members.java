package io.edgewise.circuit;

import io.edgewise.score.RankedScores;
import io.edgewise.score.Ranking;
import java.io.Serializable;
import java.util.BitSet;
import java.util.function.IntPredicate;

/** Which edges, nodes or neurons a circuit has. */
public sealed interface Members extends Serializable {

    /** Whether the circuit has the edge, node or neuron at a place in the scores' order. */
    IntPredicate of(RankedScores scores);

    /**
     * All whose score counts for at least a threshold: a few bytes, however large the graph is.
     *
     * @param ranking what a score counts for
     * @param threshold infinity for none
     */
    record AtLeast(Ranking ranking, double threshold) implements Members {
        @Override
        public IntPredicate of(RankedScores scores) {
            return place -> ranking.strength(scores.get(place)) >= threshold;
        }
    }

    /** Those at given places: a bit for each. */
    sealed interface Places extends Members {

        /** Their places in the scores' order. Nothing may change them. */
        BitSet places();

        @Override
        default IntPredicate of(RankedScores scores) {
            return places()::get;
        }
    }

    /** Those at given places. */
    record Listed(BitSet places) implements Places {}

    /**
     * Those that a search found.
     *
     * @param gap how far their total strength may be from the largest, relatively; 0 where it is the largest
     */
    record Searched(BitSet places, double gap) implements Places {}
}
