package io.edgewise.jobs.results;

import io.edgewise.graph.Edge;
import io.edgewise.graph.ModelGraph;
import io.edgewise.score.GroupScores;
import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table {@code groups/}: one row per group of prompts and edge. */
public final class GroupTable {
    private static final StructType SCHEMA = new StructType()
            .add("group", DataTypes.StringType, false)
            .add("source", DataTypes.StringType, false)
            .add("destination", DataTypes.StringType, false)
            .add("position", DataTypes.IntegerType)
            .add("score", DataTypes.DoubleType, false)
            .add("standard_error", DataTypes.DoubleType)
            .add("n_prompts", DataTypes.LongType, false);

    private GroupTable() {}

    public static Dataset<Row> of(SparkSession spark, ModelGraph graph, GroupScores groups) {
        Broadcast<Grouped> shared =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(new Grouped(graph, groups));
        long rows = (long) groups.names().size() * graph.edgeCount();
        return spark.range(0, rows, 1, 1).map(new GroupRow(shared), Encoders.row(SCHEMA));
    }

    private record Grouped(ModelGraph graph, GroupScores groups) implements Serializable {}

    private record GroupRow(Broadcast<Grouped> all) implements MapFunction<Long, Row> {
        @Override
        public Row call(Long index) {
            GroupScores groups = all.value().groups();
            int edges = all.value().graph().edgeCount();
            int group = (int) (index / edges);
            int place = (int) (index % edges);
            Edge edge = all.value().graph().edge(place);
            return RowFactory.create(
                    groups.names().get(group),
                    edge.source().name(),
                    edge.destination().name(),
                    edge.position(),
                    groups.scores()[group][place],
                    Known.orNull(groups.standardErrors()[group][place]),
                    groups.prompts()[group]);
        }
    }
}
