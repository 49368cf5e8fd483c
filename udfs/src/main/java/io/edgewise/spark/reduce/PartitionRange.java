package io.edgewise.spark.reduce;

import java.io.Serializable;
import scala.runtime.AbstractFunction1;

/** A filter of partitions, by a range of their indices. */
public final class PartitionRange extends AbstractFunction1<Object, Object> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int first;
    private final int end;

    /** @param end the index after the last */
    public PartitionRange(int first, int end) {
        this.first = first;
        this.end = end;
    }

    @Override
    public Object apply(Object partition) {
        int index = (Integer) partition;
        return index >= first && index < end;
    }
}
