package io.edgewise.reduce;

import java.io.Serializable;

/**
 * The place of a part of the sum, ordered by slice and then by batch. In this order the parts of a slice can be added while few of them are held.
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
