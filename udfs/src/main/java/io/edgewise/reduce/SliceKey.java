package io.edgewise.reduce;

import java.io.Serializable;

/**
 * The place of a part of the sum, ordered by slice and within it by batches. So the parts of a slice add up with few of them
 * held.
 *
 * @param slice the slice's place among all slices
 * @param firstBatch the index of the earliest batch in the part
 */
public record SliceKey(int slice, int firstBatch) implements Comparable<SliceKey>, Serializable {
    @Override
    public int compareTo(SliceKey other) {
        return slice != other.slice
                ? Integer.compare(slice, other.slice)
                : Integer.compare(firstBatch, other.firstBatch);
    }
}
