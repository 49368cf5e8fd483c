package io.edgewise.circuit;

import io.edgewise.graph.ModelGraph;
import io.edgewise.score.NodeScores;
import io.edgewise.score.RankedScores;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * A random circuit with as many edges as another, to compare that one with. Its edges depend only on the graph, the number of edges, the
 * kind and the number.
 *
 * @param like the circuit that is compared with it
 * @param number distinguishes the random circuits of one size and kind
 */
public record RandomCircuit(Circuit like, Kind kind, int number) implements EdgeSet {

    /** What a random circuit has in common with the other besides the number of edges. */
    public enum Kind {
        /** Nothing: every set of that many edges is equally likely. */
        UNIFORM(0),
        /** The same number of edges into each layer; every such set is equally likely. */
        BY_LAYER(1);

        private final int seed;

        Kind(int seed) {
            this.seed = seed;
        }
    }

    @Override
    public IntPredicate of(RankedScores scores) {
        ModelGraph graph = scores.graph();
        IntUnaryOperator stratum = kind == Kind.UNIFORM ? edge -> 0 : edge -> layer(scores, edge);
        int strata = kind == Kind.UNIFORM ? 1 : graph.end().layer() + 1;
        int[] left = new int[strata];
        int[] wanted = new int[strata];
        IntPredicate inCircuit = like.of(scores);
        IntStream.range(0, scores.size()).forEach(edge -> {
            left[stratum.applyAsInt(edge)]++;
            wanted[stratum.applyAsInt(edge)] += inCircuit.test(edge) ? 1 : 0;
        });
        return new Draw(new SplittableRandom(seed()), stratum, left, wanted);
    }

    /** The layer that an edge runs to, or that a node is in. */
    private static int layer(RankedScores scores, int place) {
        return scores instanceof NodeScores nodes
                ? nodes.source(place).layer()
                : scores.graph().moduleOf(place).layer();
    }

    private long seed() {
        return 2L * (like.achievedEdges() * 1_000_003L + number) + kind.seed;
    }

    /**
     * Draws edge by edge, by selection sampling (Knuth's algorithm 3.4.2S): the probability of each edge is the number of edges still
     * wanted over the number left, which makes all sets equally likely.
     */
    @SuppressWarnings("ArrayRecordComponent") // counts down
    private record Draw(SplittableRandom random, IntUnaryOperator stratum, int[] left, int[] wanted)
            implements IntPredicate {
        @Override
        public boolean test(int edge) {
            int of = stratum.applyAsInt(edge);
            boolean isIn = random.nextDouble() * left[of] < wanted[of];
            left[of]--;
            wanted[of] -= isIn ? 1 : 0;
            return isIn;
        }
    }
}
