package io.edgewise.circuit;

import io.edgewise.score.RankedScores;
import java.util.function.IntPredicate;

/**
 * A circuit with one edge added or removed.
 *
 * @param edge the edge's place in the graph's order; the edge is removed where the circuit has it, and added where it doesn't
 */
public record OneEdgeElse(Circuit circuit, int edge) implements EdgeSet {
    @Override
    public IntPredicate of(RankedScores scores) {
        IntPredicate in = circuit.of(scores);
        return each -> in.test(each) != (each == edge);
    }
}
