package io.edgewise.spark.sql;

import io.edgewise.graph.EdgeName;
import io.edgewise.graph.NamedNode;
import java.util.Locale;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import scala.Function1;

/**
 * SQL functions of the name of an edge or a node. The result of null is null; a wrong name is an {@link
 * io.edgewise.InputException}.
 */
public enum NameFunction
        implements UDF1<@Nullable String, @Nullable Object>, Function1<@Nullable String, @Nullable Object> {
    EDGE_SOURCE(DataTypes.StringType) {
        @Override
        String of(String name) {
            return known(EdgeName.parse(name)).source();
        }
    },
    EDGE_DESTINATION(DataTypes.StringType) {
        @Override
        String of(String name) {
            return known(EdgeName.parse(name)).destination();
        }
    },
    EDGE_POSITION(DataTypes.IntegerType) {
        @Override
        @Nullable
        Integer of(String name) {
            return known(EdgeName.parse(name)).position();
        }
    },
    /** The input of a head that the edge runs to: q, k or v. */
    EDGE_INPUT(DataTypes.StringType) {
        @Override
        @Nullable
        String of(String name) {
            String input =
                    NamedNode.parse(known(EdgeName.parse(name)).destination()).input();
            return input == null ? null : input.toLowerCase(Locale.ROOT);
        }
    },
    /** How many blocks the edge runs up; null where it begins or ends outside of them. */
    LAYER_DISTANCE(DataTypes.IntegerType) {
        @Override
        @Nullable
        Integer of(String name) {
            EdgeName edge = EdgeName.parse(name);
            Integer from = NamedNode.parse(edge.source()).block();
            Integer to = NamedNode.parse(edge.destination()).block();
            return from == null || to == null ? null : to - from;
        }
    },
    /** The transformer block; null for the start and the end of the stream. */
    NODE_LAYER(DataTypes.IntegerType) {
        @Override
        @Nullable
        Integer of(String name) {
            return NamedNode.parse(name).block();
        }
    },
    NODE_KIND(DataTypes.StringType) {
        @Override
        String of(String name) {
            return NamedNode.parse(name).kind().name().toLowerCase(Locale.ROOT);
        }
    },
    NODE_HEAD(DataTypes.IntegerType) {
        @Override
        @Nullable
        Integer of(String name) {
            return NamedNode.parse(name).head();
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // Spark's simple types are constants
    private final DataType result;

    NameFunction(DataType result) {
        this.result = result;
    }

    abstract @Nullable Object of(String name);

    private static EdgeName known(EdgeName edge) {
        NamedNode.parse(edge.source());
        NamedNode.parse(edge.destination());
        return edge;
    }

    /** The type of its result. */
    public DataType result() {
        return result;
    }

    @Override
    public @Nullable Object call(@Nullable String name) {
        return name == null ? null : of(name);
    }

    @Override
    public @Nullable Object apply(@Nullable String name) {
        return call(name);
    }
}
