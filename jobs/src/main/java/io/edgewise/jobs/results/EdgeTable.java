package io.edgewise.jobs.results;

import io.edgewise.graph.Edge;
import io.edgewise.score.PruneScores;
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

/** The table {@code edges/}: one row per edge, in canonical order. */
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
        Broadcast<RankedEdges> shared =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(new RankedEdges(scores, ranks));
        return spark.range(0, ranks.length, 1, 1).map(new EdgeRow(shared), Encoders.row(SCHEMA));
    }

    /** @param ranks each edge's, from 1 */
    @SuppressWarnings("ArrayRecordComponent")
    private record RankedEdges(PruneScores scores, int[] ranks) implements Serializable {}

    /** Makes an edge's row where it is written: rows of all edges at once would be many times their scores. */
    private record EdgeRow(Broadcast<RankedEdges> edges) implements MapFunction<Long, Row> {
        @Override
        public Row call(Long index) {
            RankedEdges all = edges.value();
            int place = Math.toIntExact(index);
            Edge edge = all.scores().graph().edge(place);
            return RowFactory.create(
                    edge.source().name(),
                    edge.destination().name(),
                    edge.destination().module(),
                    edge.source().index(),
                    edge.destination().head(),
                    edge.position(),
                    all.scores().get(place),
                    all.ranks()[place]);
        }
    }
}
