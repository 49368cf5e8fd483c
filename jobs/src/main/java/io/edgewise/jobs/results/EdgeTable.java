package io.edgewise.jobs.results;

import io.edgewise.graph.Edge;
import io.edgewise.score.PruneScores;
import io.edgewise.score.ScoreErrors;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
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
import org.jspecify.annotations.Nullable;

/** The table {@code edges/}: one row per edge, in canonical order; with its errors where they are known. */
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

    private static final StructType WITH_ERRORS = SCHEMA.add("standard_error", DataTypes.DoubleType)
            .add("low", DataTypes.DoubleType)
            .add("high", DataTypes.DoubleType)
            .add("sign_consistency", DataTypes.DoubleType)
            .add("mean_rank", DataTypes.DoubleType);

    private EdgeTable() {}

    public static Dataset<Row> of(SparkSession spark, PruneScores scores) {
        return of(spark, new RankedEdges(scores, scores.ranks(), null), SCHEMA);
    }

    public static Dataset<Row> of(SparkSession spark, PruneScores scores, ScoreErrors errors) {
        return of(spark, new RankedEdges(scores, scores.ranks(), errors), WITH_ERRORS);
    }

    private static Dataset<Row> of(SparkSession spark, RankedEdges edges, StructType schema) {
        Broadcast<RankedEdges> shared =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(edges);
        return spark.range(0, edges.ranks().length, 1, 1).map(new EdgeRow(shared), Encoders.row(schema));
    }

    /** @param ranks each edge's rank, from 1 */
    @SuppressWarnings("ArrayRecordComponent")
    private record RankedEdges(PruneScores scores, int[] ranks, @Nullable ScoreErrors errors) implements Serializable {}

    /** A function that makes an edge's row where it is written: the rows of all edges at once would take many times the memory of their scores. */
    private record EdgeRow(Broadcast<RankedEdges> edges) implements MapFunction<Long, Row> {
        @Override
        public Row call(Long index) {
            RankedEdges all = edges.value();
            int place = Math.toIntExact(index);
            Edge edge = all.scores().graph().edge(place);
            List<@Nullable Object> columns = new ArrayList<>();
            columns.add(edge.source().name());
            columns.add(edge.destination().name());
            columns.add(edge.destination().module());
            columns.add(edge.source().index());
            columns.add(edge.destination().head());
            columns.add(edge.position());
            columns.add(all.scores().get(place));
            columns.add(all.ranks()[place]);
            ScoreErrors errors = all.errors();
            if (errors != null) {
                columns.add(Known.orNull(errors.standardError()[place]));
                columns.add(Known.orNull(errors.low()[place]));
                columns.add(Known.orNull(errors.high()[place]));
                columns.add(Known.orNull(errors.signConsistency()[place]));
                columns.add(Known.orNull(errors.meanRank()[place]));
            }
            return RowFactory.create(columns.toArray());
        }
    }
}
