package io.edgewise.jobs.results;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code methods/} of a study: one row per task and method, to compare methods by. {@code low} and {@code high} are the ends of 95%
 * intervals; what is unknown is null.
 */
public final class MethodTable {
    private static final StructType SCHEMA = new StructType()
            .add("task", DataTypes.StringType, false)
            .add("method", DataTypes.StringType, false)
            .add("area", DataTypes.DoubleType)
            .add("area_low", DataTypes.DoubleType)
            .add("area_high", DataTypes.DoubleType)
            .add("edges_at_90", DataTypes.IntegerType)
            .add("edges_at_90_low", DataTypes.IntegerType)
            .add("edges_at_90_high", DataTypes.IntegerType)
            .add("cpr", DataTypes.DoubleType)
            .add("cpr_low", DataTypes.DoubleType)
            .add("cpr_high", DataTypes.DoubleType)
            .add("cmd", DataTypes.DoubleType)
            .add("cmd_low", DataTypes.DoubleType)
            .add("cmd_high", DataTypes.DoubleType)
            .add("chosen_edges", DataTypes.IntegerType, false)
            .add("stability", DataTypes.DoubleType)
            .add("stability_low", DataTypes.DoubleType)
            .add("stability_high", DataTypes.DoubleType)
            .add("stability_edges", DataTypes.IntegerType)
            .add("seconds", DataTypes.DoubleType)
            .add("resumed", DataTypes.BooleanType, false)
            .add("shows_task", DataTypes.BooleanType, false);

    private MethodTable() {}

    public static Dataset<Row> of(SparkSession spark, List<MethodResult> results) {
        return spark.createDataFrame(results.stream().map(MethodTable::row).toList(), SCHEMA)
                .coalesce(1);
    }

    private static Row row(MethodResult result) {
        CircuitStability stability = result.stability();
        Measured jaccard = stability == null ? Measured.UNKNOWN : stability.jaccard();
        return RowFactory.create(
                result.task(),
                result.method(),
                Known.orNull(result.area().value()),
                low(result.area()),
                high(result.area()),
                result.edgesAt90().edges(),
                result.edgesAt90().low(),
                result.edgesAt90().high(),
                Known.orNull(result.cpr().value()),
                low(result.cpr()),
                high(result.cpr()),
                Known.orNull(result.cmd().value()),
                low(result.cmd()),
                high(result.cmd()),
                result.chosenEdges(),
                Known.orNull(jaccard.value()),
                low(jaccard),
                high(jaccard),
                stability == null ? null : stability.edges(),
                Known.orNull(result.seconds()),
                result.resumed(),
                result.showsTask());
    }

    private static @Nullable Double low(Measured measured) {
        return Known.orNull(measured.interval().low());
    }

    private static @Nullable Double high(Measured measured) {
        return Known.orNull(measured.interval().high());
    }
}
