package io.edgewise.circuit;

import io.edgewise.graph.EdgeMask;
import io.edgewise.score.PruneScores;
import java.io.Serializable;
import java.util.function.IntPredicate;

/** Edges that are kept while all others are ablated, said in a few numbers: what they are comes out where they run. */
public sealed interface EdgeSet extends Serializable permits Circuit, RandomCircuit, Complement, OneEdgeElse {

    /** Which edges they are, by their places in the graph's order; to be asked of each place once, in that order. */
    IntPredicate of(PruneScores scores);

    /** The patch mask of a run of them. */
    default EdgeMask mask(PruneScores scores, PatchType patchType) {
        IntPredicate kept = of(scores);
        return EdgeMask.where(scores.graph(), edge -> patchType.patches(kept.test(edge)));
    }
}
