package io.edgewise.graph;

import java.util.function.IntPredicate;

/**
 * How much of its ablation each source passes on, to all that read it: 0 for nothing, 1 for nothing else.
 *
 * @param width numbers of each source: 1, or {@code d_model} for one each coordinate of what it writes
 * @param values row-major {@code [source, width]}
 */
@SuppressWarnings("ArrayRecordComponent")
public record NodeMask(int width, float[] values) {
    public NodeMask {
        if (width < 1 || values.length % width != 0) {
            throw new IllegalArgumentException(
                    "A mask has the same number of values for each source, got " + values.length + " for " + width);
        }
    }

    /**
     * Patches the nodes or coordinates for which {@code isPatched} holds.
     *
     * @param size how many there are
     */
    public static NodeMask where(int width, int size, IntPredicate isPatched) {
        float[] values = new float[size];
        for (int place = 0; place < size; place++) {
            values[place] = isPatched.test(place) ? 1 : 0;
        }
        return new NodeMask(width, values);
    }

    /** Whether a source passes on some of its ablation. */
    public boolean touches(int source) {
        for (int place = source * width; place < (source + 1) * width; place++) {
            if (values[place] != 0) {
                return true;
            }
        }
        return false;
    }
}
