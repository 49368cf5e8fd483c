package io.edgewise.circuit;

import io.edgewise.graph.EdgeMask;
import io.edgewise.score.PruneScores;
import java.io.Serializable;
import java.util.function.IntPredicate;

/** A set of edges that are kept while all others are ablated. It is described by a few numbers; the edges are computed from them where they run. */
public sealed interface EdgeSet extends Serializable permits Circuit, RandomCircuit, Complement, OneEdgeElse {

    /**
     * Whether an edge is in the set, by its place in the graph's order. The predicate must be called once for each place, in that order.
     */
    IntPredicate of(PruneScores scores);

    /** The patch mask for running this set. */
    default EdgeMask mask(PruneScores scores, PatchType patchType) {
        IntPredicate kept = of(scores);
        return EdgeMask.where(scores.graph(), edge -> patchType.patches(kept.test(edge)));
    }
}
