package io.edgewise.spark.sql;

import java.io.Serializable;
import org.apache.spark.sql.api.java.UDF2;
import org.jspecify.annotations.Nullable;
import scala.Function2;

/**
 * An SQL function: whether an edge is in the circuit of {@code k} edges, by its rank, from 1. With SQL's {@code rank()}, where tied edges
 * share the rank of the first of them, this is the circuit that a sweep runs: it has all edges that tie with the last.
 */
public record InCircuit()
        implements UDF2<@Nullable Number, @Nullable Number, @Nullable Boolean>,
                Function2<@Nullable Number, @Nullable Number, @Nullable Boolean>,
                Serializable {
    @Override
    public @Nullable Boolean call(@Nullable Number rank, @Nullable Number k) {
        return (rank == null || k == null) ? null : rank.longValue() <= k.longValue();
    }

    @Override
    public @Nullable Boolean apply(@Nullable Number rank, @Nullable Number k) {
        return call(rank, k);
    }
}
