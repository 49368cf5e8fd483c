package io.edgewise.spark.reduce;

import io.edgewise.reduce.SliceKey;
import java.io.Serializable;
import java.util.Comparator;

/** The order in which parts of slices are read after the shuffle. */
public record SliceOrder() implements Comparator<SliceKey>, Serializable {
    @Override
    public int compare(SliceKey first, SliceKey second) {
        return first.compareTo(second);
    }
}
