package io.edgewise.jobs.results;

import io.edgewise.graph.Edge;
import io.edgewise.graph.ModelGraph;
import io.edgewise.score.GroupScores;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table {@code group_differences/}: the edges whose scores differ between two groups of prompts beyond their errors, the clearest first. */
public final class DifferenceTable {
    /** The expected share of the edges in the table that differ only by chance. */
    private static final double FALSE_DISCOVERY_RATE = 0.05;

    private static final StructType SCHEMA = new StructType()
            .add("group_a", DataTypes.StringType, false)
            .add("group_b", DataTypes.StringType, false)
            .add("source", DataTypes.StringType, false)
            .add("destination", DataTypes.StringType, false)
            .add("position", DataTypes.IntegerType)
            .add("difference", DataTypes.DoubleType, false)
            .add("standard_error", DataTypes.DoubleType, false)
            .add("p_value", DataTypes.DoubleType, false)
            .add("q_value", DataTypes.DoubleType, false);

    private DifferenceTable() {}

    public static Dataset<Row> of(SparkSession spark, ModelGraph graph, GroupScores groups) {
        List<Row> rows = groups.differences(FALSE_DISCOVERY_RATE).stream()
                .map(difference -> row(graph.edge(difference.edge()), difference, groups))
                .toList();
        return spark.createDataFrame(rows, SCHEMA).coalesce(1);
    }

    private static Row row(Edge edge, GroupScores.Difference difference, GroupScores groups) {
        return RowFactory.create(
                groups.names().get(difference.group()),
                groups.names().get(difference.other()),
                edge.source().name(),
                edge.destination().name(),
                edge.position(),
                difference.difference(),
                difference.standardError(),
                difference.pValue(),
                difference.qValue());
    }
}
