package io.edgewise.model.stream;

import io.edgewise.model.layer.Hooks;
import java.util.List;

/** How mask value 1 is taken in a pass: there every edge carries its ablation, so much of a pass can be left out. */
public enum MaskOne {
    /** Runs like any other value. Hooks may lead what a node writes past the edges, so with hooks nothing is left out. */
    RUNS,
    /** It is the only value: what nodes write is read by nobody, and only edges to the end have a gradient. */
    ENDS,
    /** It is the last of several values, and ablations are what sources write in one run: it has no run of its own. */
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

    /** The mask values that have runs. */
    public List<Double> runs(List<Double> masks) {
        return this == FOLLOWS ? masks.subList(0, masks.size() - 1) : masks;
    }
}
