package io.edgewise.jobs.results;

import io.edgewise.graph.Edge;
import io.edgewise.graph.ModelGraph;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The rows of tables with every edge once, or once for each of several things. Rows are made where they are written: the rows of all edges at
 * once would take many times the memory of their numbers.
 */
final class EdgeRows {
    private EdgeRows() {}

    /** What a table has of an edge. */
    @FunctionalInterface
    interface Columns extends Serializable {
        /**
         * The columns of a row.
         *
         * @param which the thing's number, from 0
         * @param place the edge's place in canonical order
         */
        List<@Nullable Object> of(int which, int place, Edge edge);
    }

    /**
     * A row for each thing and edge, in the order of the things and in it in canonical order.
     *
     * @param things how many things there are
     */
    static Dataset<Row> of(SparkSession spark, ModelGraph graph, int things, StructType schema, Columns columns) {
        Broadcast<Table> shared =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(new Table(graph, columns));
        return spark.range(0, (long) things * graph.edgeCount(), 1, 1).map(new MakeRow(shared), Encoders.row(schema));
    }

    /** Columns of which some may be null. */
    static List<@Nullable Object> columns(@Nullable Object... columns) {
        return new ArrayList<>(Arrays.asList(columns));
    }

    private record Table(ModelGraph graph, Columns columns) implements Serializable {}

    private record MakeRow(Broadcast<Table> table) implements MapFunction<Long, Row> {
        @Override
        public Row call(Long index) {
            ModelGraph graph = table.value().graph();
            int place = (int) (index % graph.edgeCount());
            int which = (int) (index / graph.edgeCount());
            return RowFactory.create(
                    table.value().columns().of(which, place, graph.edge(place)).toArray());
        }
    }
}
