package io.edgewise.circuit;

import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.NodeMask;
import io.edgewise.score.NodeScores;
import io.edgewise.score.PruneScores;
import io.edgewise.score.RankedScores;
import java.io.Serializable;
import java.util.function.IntPredicate;

/**
 * A set of edges that are kept while all others are ablated, or, where nodes or neurons have scores, a set of those. It is described by a few
 * numbers; the edges are computed from them where they run.
 */
public sealed interface EdgeSet extends Serializable permits Circuit, RandomCircuit, Complement, OneEdgeElse {

    /**
     * Whether an edge, node or neuron is in the set, by its place in the scores' order. The predicate must be called once for each place, in that order.
     */
    IntPredicate of(RankedScores scores);

    /** The patch mask for running this set. */
    default EdgeMask mask(PruneScores scores, PatchType patchType) {
        IntPredicate kept = of(scores);
        return EdgeMask.where(scores.graph(), edge -> patchType.patches(kept.test(edge)));
    }

    /** The patch mask for running this set of nodes or neurons. */
    default NodeMask mask(NodeScores scores, PatchType patchType) {
        IntPredicate kept = of(scores);
        return NodeMask.where(scores.width(), scores.size(), place -> patchType.patches(kept.test(place)));
    }
}
