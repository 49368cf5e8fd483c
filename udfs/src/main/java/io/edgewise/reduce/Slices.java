package io.edgewise.reduce;

import java.io.Serializable;

/**
 * How vectors are cut by ranges of their elements: slice i is elements {@code [i * sliceLength, (i + 1) * sliceLength)},
 * the last one shorter. Sums over batches are taken element by element, so they don't depend on the cut.
 *
 * @param length elements of a whole vector; an empty vector has one empty slice
 * @param sliceLength elements of a slice
 */
public record Slices(int length, int sliceLength) implements Serializable {
    /**
     * 256 KiB: short enough for a garbage collector to move in a heap of any size (G1 doesn't move arrays of half a region, and a region
     * has at least 1 MiB), and long enough that a record's overhead is negligible.
     */
    private static final int DEFAULT_SLICE = 1 << 15;

    public Slices {
        if (length < 0 || sliceLength < 1) {
            throw new IllegalArgumentException(
                    "A slice has at least one element, got slices of " + sliceLength + " of " + length);
        }
    }

    /** Slices of the usual length. */
    public static Slices of(int length) {
        return new Slices(length, DEFAULT_SLICE);
    }

    /** How many slices there are. */
    public int count() {
        return Math.max(1, (int) (((long) length + sliceLength - 1) / sliceLength));
    }

    /** The first element of a slice. */
    public int start(int slice) {
        return slice * sliceLength;
    }

    /** One after the last element of a slice. */
    public int end(int slice) {
        return (int) Math.min(length, (long) start(slice) + sliceLength);
    }
}
