package io.edgewise.jobs.results;

import io.edgewise.graph.ModelGraph;
import io.edgewise.score.GroupScores;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
        EdgeRows.Columns columns = (group, place, edge) -> EdgeRows.columns(
                groups.names().get(group),
                edge.source().name(),
                edge.destination().name(),
                edge.position(),
                groups.scores()[group][place],
                Known.orNull(groups.standardErrors()[group][place]),
                groups.prompts()[group]);
        return EdgeRows.of(spark, graph, groups.names().size(), SCHEMA, columns);
    }
}
