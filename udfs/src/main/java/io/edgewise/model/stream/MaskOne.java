package io.edgewise.model.stream;

import io.edgewise.model.layer.Hooks;
import java.util.List;

/** How mask value 1 is computed. At this value every edge carries its ablation, so much of a pass can be left out. */
public enum MaskOne {
    /** It runs like any other value. Hooks may carry a node's output past the edges, so with hooks nothing is left out. */
    RUNS,
    /** It is the only value. Nothing reads what nodes write, and only edges to the end have a gradient. */
    ENDS,
    /** It is the last of several values, and ablations are what sources write in one run. It needs no run of its own. */
    FOLLOWS;

    public static MaskOne of(List<Double> masks, PatchOrigin origin, Hooks hooks) {
        if (!hooks.isEmpty()) {
            return RUNS;
        }
        if (masks.stream().allMatch(mask -> mask == 1)) {
            return ENDS;
        }
        return origin == PatchOrigin.ONE_RUN && masks.get(masks.size() - 1) == 1 ? FOLLOWS : RUNS;
    }

    /** The mask values that need a run. */
    public List<Double> runs(List<Double> masks) {
        return this == FOLLOWS ? masks.subList(0, masks.size() - 1) : masks;
    }
}
