package io.edgewise.jobs.results;

import io.edgewise.circuit.ControlBand;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The table {@code controls/}: the measurements of random circuits, one row per compared circuit, kind and metric. Values are null where
 * the metric isn't defined.
 */
public final class ControlTable {
    private static final StructType SCHEMA = new StructType()
            .add("requested_edges", DataTypes.IntegerType, false)
            .add("achieved_edges", DataTypes.IntegerType, false)
            .add("kind", DataTypes.StringType, false)
            .add("metric", DataTypes.StringType, false)
            .add("mean", DataTypes.DoubleType)
            .add("low", DataTypes.DoubleType)
            .add("high", DataTypes.DoubleType)
            .add("share_as_good", DataTypes.DoubleType)
            .add("controls", DataTypes.IntegerType, false);

    private ControlTable() {}

    public static Dataset<Row> of(SparkSession spark, List<ControlBand> bands) {
        return spark.createDataFrame(bands.stream().map(ControlTable::row).toList(), SCHEMA)
                .coalesce(1);
    }

    private static Row row(ControlBand band) {
        return RowFactory.create(
                band.circuit().requestedEdges(),
                band.circuit().achievedEdges(),
                band.kind().name().toLowerCase(Locale.ROOT),
                band.metric(),
                Known.orNull(band.mean()),
                Known.orNull(band.interval().low()),
                Known.orNull(band.interval().high()),
                Known.orNull(band.shareAsGood()),
                band.controls());
    }
}
