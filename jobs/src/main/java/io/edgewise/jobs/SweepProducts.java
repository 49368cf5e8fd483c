package io.edgewise.jobs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep makes beside its measurements.
 *
 * @param outputs whether the logits themselves are wanted
 * @param knownEdges names of a known circuit's edges, for a ROC curve; empty for none
 * @param figure the drawing of a circuit; null for none
 */
record SweepProducts(boolean outputs, List<String> knownEdges, @Nullable FigureFile figure) {
    static final SweepProducts NONE = new SweepProducts(false, List.of(), null);

    SweepProducts {
        knownEdges = List.copyOf(knownEdges);
    }
}
