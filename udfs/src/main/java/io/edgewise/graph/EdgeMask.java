package io.edgewise.graph;

import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * The patch mask of a circuit run: which edges carry the ablation activations (1) and which the current ones (0), in the
 * canonical order of {@link ModelGraph}.
 */
public final class EdgeMask {
    private final BitSet patched;

    private EdgeMask(BitSet patched) {
        this.patched = patched;
    }

    /** Patches the edges for which {@code isPatched} holds. */
    public static EdgeMask where(ModelGraph graph, IntPredicate isPatched) {
        BitSet patched = new BitSet(graph.edgeCount());
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            patched.set(edge, isPatched.test(edge));
        }
        return new EdgeMask(patched);
    }

    public int patchedCount() {
        return patched.cardinality();
    }

    /** Whether any edge into the module is patched. */
    public boolean touches(DestinationModule module) {
        int next = patched.nextSetBit(module.offset());
        return next >= 0 && next < module.offset() + module.edges();
    }

    /** The module's row-major {@code [destination, source]} matrix of zeros and ones. */
    public float[] rows(DestinationModule module) {
        float[] rows = new float[module.edges()];
        int end = module.offset() + module.edges();
        for (int edge = patched.nextSetBit(module.offset());
                edge >= 0 && edge < end;
                edge = patched.nextSetBit(edge + 1)) {
            rows[edge - module.offset()] = 1f;
        }
        return rows;
    }
}
