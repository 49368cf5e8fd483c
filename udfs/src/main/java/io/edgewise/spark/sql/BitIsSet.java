package io.edgewise.spark.sql;

import java.util.BitSet;
import org.apache.spark.sql.api.java.UDF2;

/** Whether a set, as the bytes of a {@link BitSet}, has a number. */
public record BitIsSet() implements UDF2<byte[], Integer, Boolean> {
    @Override
    public Boolean call(byte[] set, Integer number) {
        int place = number / Byte.SIZE;
        return place < set.length && (set[place] >> number % Byte.SIZE & 1) != 0;
    }
}
