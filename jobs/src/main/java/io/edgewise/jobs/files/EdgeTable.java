package io.edgewise.jobs.files;

import io.edgewise.graph.Edge;
import io.edgewise.score.PruneScores;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table {@code edges/}: one row an edge, in canonical order. */
public final class EdgeTable {
    private static final StructType SCHEMA = new StructType()
            .add("source", DataTypes.StringType, false)
            .add("destination", DataTypes.StringType, false)
            .add("module", DataTypes.StringType, false)
            .add("source_index", DataTypes.IntegerType, false)
            .add("head", DataTypes.IntegerType)
            .add("position", DataTypes.IntegerType)
            .add("score", DataTypes.DoubleType, false)
            .add("rank", DataTypes.IntegerType, false);

    private EdgeTable() {}

    public static Dataset<Row> of(SparkSession spark, PruneScores scores) {
        int[] ranking = scores.ranking();
        int[] ranks = new int[ranking.length];
        for (int rank = 0; rank < ranking.length; rank++) {
            ranks[ranking[rank]] = rank + 1;
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ranks.length; i++) {
            Edge edge = scores.graph().edge(i);
            rows.add(RowFactory.create(
                    edge.source().name(),
                    edge.destination().name(),
                    edge.destination().module(),
                    edge.source().index(),
                    edge.destination().head(),
                    edge.position(),
                    scores.get(i),
                    ranks[i]));
        }
        return spark.createDataFrame(rows, SCHEMA).coalesce(1);
    }
}
