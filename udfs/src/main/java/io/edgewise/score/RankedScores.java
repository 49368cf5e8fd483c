package io.edgewise.score;

import io.edgewise.graph.Level;
import io.edgewise.graph.ModelGraph;
import io.edgewise.safetensors.FloatTensor;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;

/**
 * One score for each edge, node or neuron of a graph, in a fixed order. Positive: ablating it lowers the answer.
 */
public sealed interface RankedScores extends Serializable permits NodeScores, PruneScores {

    ModelGraph graph();

    /** What has a score. */
    Level level();

    /** How many scores there are. */
    int size();

    /** The score at a place. */
    double get(int place);

    /** The name of what is at a place. */
    String name(int place);

    /**
     * Other scores of the same things.
     *
     * @throws ArithmeticException where one is not a number, since it could not be ranked
     */
    RankedScores with(double[] others);

    /** One tensor per module, by AutoCircuit's names. */
    Map<String, FloatTensor> toTensors();

    /** All absolute scores, highest first. */
    default double[] descendingMagnitudes() {
        return descending(Ranking.ABSOLUTE);
    }

    /** The strengths of all scores, highest first. */
    default double[] descending(Ranking by) {
        double[] strengths = new double[size()];
        for (int i = 0; i < strengths.length; i++) {
            strengths[i] = -by.strength(get(i));
        }
        Arrays.sort(strengths);
        for (int i = 0; i < strengths.length; i++) {
            strengths[i] = -strengths[i];
        }
        return strengths;
    }

    /** The places by absolute score, highest first; ties in their order. */
    default int[] ranking() {
        return ranking(Ranking.ABSOLUTE);
    }

    /** The rank of every place, from 1 for the highest absolute score; ties in their order. */
    default int[] ranks() {
        int[] ranking = ranking();
        int[] ranks = new int[ranking.length];
        for (int place = 0; place < ranking.length; place++) {
            ranks[ranking[place]] = place + 1;
        }
        return ranks;
    }

    /** The places by the strength of their scores, highest first; ties in their order. */
    default int[] ranking(Ranking by) {
        long[] keys = new long[size()];
        for (int place = 0; place < keys.length; place++) {
            int bits = Float.floatToIntBits((float) by.strength(get(place)) + 0f);
            int ascending = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
            keys[place] = (long) ~ascending << Integer.SIZE | place;
        }
        Arrays.sort(keys);
        int[] ranking = new int[keys.length];
        Arrays.setAll(ranking, rank -> (int) keys[rank]);
        return ranking;
    }
}
