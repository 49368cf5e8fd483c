package io.edgewise.jobs.results;

import io.edgewise.graph.Level;
import io.edgewise.graph.SourceNode;
import io.edgewise.score.NodeScores;
import io.edgewise.score.ScoreErrors;
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
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code nodes/} and {@code neurons/}: one row per node, or per coordinate of what it writes, in the order of the graph; with its
 * errors where they are known. Rows are made where they are written, many at a time.
 */
public final class NodeTable {
    private static final int ROWS_A_TASK = 1 << 18;

    private NodeTable() {}

    public static Dataset<Row> of(SparkSession spark, NodeScores scores) {
        return of(spark, new Values(scores, scores.ranks(), null));
    }

    public static Dataset<Row> of(SparkSession spark, NodeScores scores, ScoreErrors errors) {
        return of(spark, new Values(scores, scores.ranks(), errors));
    }

    private static Dataset<Row> of(SparkSession spark, Values values) {
        Broadcast<Values> shared =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(values);
        int rows = values.scores().size();
        return spark.range(0, rows, 1, (rows - 1) / ROWS_A_TASK + 1)
                .map(new MakeRow(shared), Encoders.row(values.schema()));
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Values(NodeScores scores, int[] ranks, @Nullable ScoreErrors errors) implements Serializable {

        StructType schema() {
            StructType schema = new StructType()
                    .add("source", DataTypes.StringType, false)
                    .add("module", DataTypes.StringType, false)
                    .add("source_index", DataTypes.IntegerType, false)
                    .add("head", DataTypes.IntegerType);
            if (scores.level() == Level.NEURON) {
                schema = schema.add("neuron", DataTypes.IntegerType, false);
            }
            schema = schema.add("score", DataTypes.DoubleType, false).add("rank", DataTypes.IntegerType, false);
            return errors == null
                    ? schema
                    : schema.add("standard_error", DataTypes.DoubleType)
                            .add("low", DataTypes.DoubleType)
                            .add("high", DataTypes.DoubleType)
                            .add("sign_consistency", DataTypes.DoubleType)
                            .add("mean_rank", DataTypes.DoubleType);
        }

        Row row(int place) {
            SourceNode source = scores.source(place);
            List<@Nullable Object> row = new ArrayList<>(
                    Arrays.<@Nullable Object>asList(source.name(), source.module(), source.index(), source.head()));
            if (scores.level() == Level.NEURON) {
                row.add(scores.coordinate(place));
            }
            row.add(scores.get(place));
            row.add(ranks[place]);
            if (errors != null) {
                row.add(Known.orNull(errors.standardError()[place]));
                row.add(Known.orNull(errors.low()[place]));
                row.add(Known.orNull(errors.high()[place]));
                row.add(Known.orNull(errors.signConsistency()[place]));
                row.add(Known.orNull(errors.meanRank()[place]));
            }
            return RowFactory.create(row.toArray());
        }
    }

    private record MakeRow(Broadcast<Values> values) implements MapFunction<Long, Row> {
        @Override
        public Row call(Long place) {
            return values.value().row(Math.toIntExact(place));
        }
    }
}
