package io.edgewise.jobs.results;

import io.edgewise.score.PruneScores;
import io.edgewise.score.ScoreErrors;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
        return EdgeRows.of(spark, scores.graph(), 1, SCHEMA, columns(scores));
    }

    public static Dataset<Row> of(SparkSession spark, PruneScores scores, ScoreErrors errors) {
        EdgeRows.Columns withoutErrors = columns(scores);
        EdgeRows.Columns columns = (one, place, edge) -> {
            List<@Nullable Object> row = withoutErrors.of(one, place, edge);
            row.addAll(EdgeRows.columns(
                    Known.orNull(errors.standardError()[place]),
                    Known.orNull(errors.low()[place]),
                    Known.orNull(errors.high()[place]),
                    Known.orNull(errors.signConsistency()[place]),
                    Known.orNull(errors.meanRank()[place])));
            return row;
        };
        return EdgeRows.of(spark, scores.graph(), 1, WITH_ERRORS, columns);
    }

    private static EdgeRows.Columns columns(PruneScores scores) {
        int[] ranks = scores.ranks();
        return (one, place, edge) -> EdgeRows.columns(
                edge.source().name(),
                edge.destination().name(),
                edge.destination().module(),
                edge.source().index(),
                edge.destination().head(),
                edge.position(),
                scores.get(place),
                ranks[place]);
    }
}
