package io.edgewise.jobs.results;

import io.edgewise.score.ScoreAgreement;
import io.edgewise.uncertainty.Estimate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code correlations/} of a study: how well each method's scores agree with exact patching. There is a row for each task, method and
 * measure; {@code strongest_share} has a row for each number of strongest edges. {@code low} and {@code high} are the ends of a 95% interval over
 * the choice of edges, null where there is none.
 */
public final class CorrelationTable {
    private static final StructType SCHEMA = new StructType()
            .add("task", DataTypes.StringType, false)
            .add("method", DataTypes.StringType, false)
            .add("measure", DataTypes.StringType, false)
            .add("strongest_edges", DataTypes.IntegerType)
            .add("measured_edges", DataTypes.IntegerType, false)
            .add("value", DataTypes.DoubleType)
            .add("low", DataTypes.DoubleType)
            .add("high", DataTypes.DoubleType);

    private CorrelationTable() {}

    public static Dataset<Row> of(SparkSession spark, List<Agreement> agreements) {
        List<Row> rows = new ArrayList<>();
        for (Agreement each : agreements) {
            ScoreAgreement scores = each.scores();
            rows.add(row(each, "pearson", null, scores.pearson()));
            rows.add(row(each, "spearman", null, scores.spearman()));
            rows.add(row(each, "sign_agreement", null, scores.signs()));
            scores.strongest()
                    .forEach(some -> rows.add(row(each, "strongest_share", some.edges(), Estimate.of(some.share()))));
        }
        return spark.createDataFrame(rows, SCHEMA).coalesce(1);
    }

    private static Row row(Agreement of, String measure, @Nullable Integer strongest, Estimate estimate) {
        return RowFactory.create(
                of.task(),
                of.method(),
                measure,
                strongest,
                of.scores().edges(),
                Known.orNull(estimate.value()),
                Known.orNull(estimate.interval().low()),
                Known.orNull(estimate.interval().high()));
    }
}
