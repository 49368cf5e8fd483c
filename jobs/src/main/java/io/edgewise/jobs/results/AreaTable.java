package io.edgewise.jobs.results;

import io.edgewise.circuit.BenchmarkCurve;
import io.edgewise.circuit.Measurement;
import io.edgewise.metric.AreaUnderCurve;
import io.edgewise.metric.CircuitMetric;
import io.edgewise.metric.CurveAxes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table {@code areas/}: the area under each metric's curve over circuit sizes, on its axes. */
public final class AreaTable {
    private static final StructType SCHEMA = new StructType()
            .add("metric", DataTypes.StringType, false)
            .add("log_x", DataTypes.BooleanType, false)
            .add("log_y", DataTypes.BooleanType, false)
            .add("y_min", DataTypes.DoubleType)
            .add("area", DataTypes.DoubleType, false);

    private AreaTable() {}

    /** One row per metric; none where no circuit without edges was run. And one row per curve of the MIB benchmark. */
    public static Dataset<Row> of(
            SparkSession spark,
            List<CircuitMetric> metrics,
            List<Measurement> measurements,
            List<BenchmarkCurve> curves) {
        List<Row> rows = new ArrayList<>();
        for (CircuitMetric metric : metrics) {
            Map<Integer, Double> curve = measurements.stream()
                    .filter(measurement -> measurement.metric().equals(metric.name()))
                    .collect(Collectors.toMap(
                            measurement -> measurement.circuit().achievedEdges(), Measurement::value, (a, b) -> b));
            CurveAxes axes = metric.axes();
            AreaUnderCurve.of(curve, axes)
                    .ifPresent(area -> rows.add(RowFactory.create(
                            metric.name(), axes.logX(), axes.logY(), axes.logY() ? axes.yMin() : null, area)));
        }
        for (BenchmarkCurve curve : curves) {
            rows.add(RowFactory.create(curve.kind().metric(), false, false, null, curve.area()));
        }
        return spark.createDataFrame(rows, SCHEMA).coalesce(1);
    }
}
