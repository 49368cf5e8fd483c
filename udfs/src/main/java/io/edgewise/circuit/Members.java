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
     * All whose score counts for at least a threshold, however many graphs and sizes there are: a few bytes.
     *
     * @param ranking what a score counts for
     * @param threshold infinity for none
     */
    record AtLeast(Ranking ranking, double threshold) implements Members {
        boolean holds(double score) {
            return ranking.strength(score) >= threshold;
        }

        @Override
        public IntPredicate of(RankedScores scores) {
            return place -> holds(scores.get(place));
        }
    }

    /**
     * Those at given places: a bit for each. Nothing may change the places.
     *
     * @param places in the scores' order
     */
    record Listed(BitSet places) implements Members {
        @Override
        public IntPredicate of(RankedScores scores) {
            return places::get;
        }
    }
}
