package io.edgewise.circuit;

import io.edgewise.score.PruneScores;
import java.util.function.IntPredicate;

/**
 * A circuit with one edge more, or one less.
 *
 * @param edge the place in the graph's order of the edge that is taken out where the circuit has it, and put in where it hasn't
 */
public record OneEdgeElse(Circuit circuit, int edge) implements EdgeSet {
    @Override
    public IntPredicate of(PruneScores scores) {
        IntPredicate in = circuit.of(scores);
        return each -> in.test(each) != (each == edge);
    }
}
