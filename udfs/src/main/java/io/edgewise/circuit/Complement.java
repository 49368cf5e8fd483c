package io.edgewise.circuit;

import io.edgewise.score.RankedScores;
import java.util.function.IntPredicate;

/** All edges that are not in a circuit. */
public record Complement(Circuit circuit) implements EdgeSet {
    @Override
    public IntPredicate of(RankedScores scores) {
        return circuit.of(scores).negate();
    }
}
