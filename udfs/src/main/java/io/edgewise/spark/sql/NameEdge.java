package io.edgewise.spark.sql;

import io.edgewise.graph.EdgeName;
import java.io.Serializable;
import org.apache.spark.sql.api.java.UDF3;
import org.jspecify.annotations.Nullable;
import scala.Function3;

/** An SQL function that makes an edge's name from the names of its ends and its token position, null for none: {@code A0.3->A1.2.Q[5]}. */
public record NameEdge()
        implements UDF3<@Nullable String, @Nullable String, @Nullable Integer, @Nullable String>,
                Function3<@Nullable String, @Nullable String, @Nullable Integer, @Nullable String>,
                Serializable {
    @Override
    public @Nullable String call(@Nullable String source, @Nullable String destination, @Nullable Integer position) {
        if (source == null || destination == null) {
            return null;
        }
        return EdgeName.parse(source + "->" + destination).name() + (position == null ? "" : "[" + position + "]");
    }

    @Override
    public @Nullable String apply(@Nullable String source, @Nullable String destination, @Nullable Integer position) {
        return call(source, destination, position);
    }
}
