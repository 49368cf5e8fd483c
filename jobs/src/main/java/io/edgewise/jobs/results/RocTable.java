package io.edgewise.jobs.results;

import io.edgewise.circuit.RocCurve;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table {@code roc/}: one row per circuit size, compared with a known circuit. */
public final class RocTable {
    private static final StructType SCHEMA = new StructType()
            .add("requested_edges", DataTypes.IntegerType, false)
            .add("achieved_edges", DataTypes.IntegerType, false)
            .add("false_positive_rate", DataTypes.DoubleType, false)
            .add("true_positive_rate", DataTypes.DoubleType, false);

    private RocTable() {}

    public static Dataset<Row> of(SparkSession spark, RocCurve curve) {
        List<Row> rows = curve.points().stream()
                .map(point -> RowFactory.create(
                        point.requestedEdges(),
                        point.achievedEdges(),
                        point.falsePositiveRate(),
                        point.truePositiveRate()))
                .toList();
        return spark.createDataFrame(rows, SCHEMA).coalesce(1);
    }
}
