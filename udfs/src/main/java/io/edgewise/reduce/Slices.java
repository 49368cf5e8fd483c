package io.edgewise.reduce;

import java.io.Serializable;

/**
 * How vectors are cut by ranges of their elements: slice i is elements {@code [i * sliceLength, (i + 1) * sliceLength)},
 * the last one shorter. Sums over batches are taken element by element, so they don't depend on it.
 *
 * @param length elements of a whole vector; one without elements is one slice without elements
 * @param sliceLength elements of a slice
 */
public record Slices(int length, int sliceLength) implements Serializable {
    /**
     * 256 KiB: short enough for a garbage collector to move in a heap of any size (G1 leaves arrays of half a region, which
     * has at least 1 MiB, where they are), and long enough for records to cost nothing beside their numbers.
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
