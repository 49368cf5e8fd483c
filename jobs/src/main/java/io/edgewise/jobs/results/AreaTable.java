package io.edgewise.jobs.results;

import io.edgewise.circuit.BenchmarkCurve;
import io.edgewise.circuit.Faithfulness;
import io.edgewise.circuit.Measurement;
import io.edgewise.metric.AreaUnderCurve;
import io.edgewise.metric.CircuitMetric;
import io.edgewise.metric.CurveAxes;
import io.edgewise.uncertainty.Estimate;
import io.edgewise.uncertainty.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The table {@code areas/}: the area under each metric's curve over circuit sizes, on its axes. {@code low} and {@code high} are the ends of
 * its 95% interval over the choice of prompts, null where it is unknown.
 */
public final class AreaTable {
    private static final CurveAxes FAITHFULNESS = new CurveAxes(true, false, 0);
    private static final StructType SCHEMA = new StructType()
            .add("metric", DataTypes.StringType, false)
            .add("log_x", DataTypes.BooleanType, false)
            .add("log_y", DataTypes.BooleanType, false)
            .add("y_min", DataTypes.DoubleType)
            .add("area", DataTypes.DoubleType, false)
            .add("low", DataTypes.DoubleType)
            .add("high", DataTypes.DoubleType);

    private AreaTable() {}

    /**
     * One row per metric, if a circuit without edges was run, one for faithfulness and one per curve of the MIB benchmark.
     *
     * @param faithfulness the area under its curve; empty where it wasn't measured
     */
    public static Dataset<Row> of(
            SparkSession spark,
            List<CircuitMetric> metrics,
            List<Measurement> measurements,
            Optional<Estimate> faithfulness,
            List<BenchmarkCurve> curves) {
        List<Row> rows = new ArrayList<>();
        faithfulness.ifPresent(area -> rows.add(row(Faithfulness.NAME, FAITHFULNESS, area)));
        for (CircuitMetric metric : metrics) {
            CurveAxes axes = metric.axes();
            area(metric.name(), axes, measurements)
                    .filter(area -> !Double.isNaN(area.value()))
                    .ifPresent(area -> rows.add(row(metric.name(), axes, area)));
        }
        for (BenchmarkCurve curve : curves) {
            rows.add(row(curve.kind().metric(), CurveAxes.LINEAR, curve.area()));
        }
        return spark.createDataFrame(rows, SCHEMA).coalesce(1);
    }

    /** The area under a metric's curve, and the same in each replicate; empty where it wasn't measured. */
    private static Optional<Estimate> area(String metric, CurveAxes axes, List<Measurement> measurements) {
        Map<Integer, Estimate> bySize = measurements.stream()
                .filter(measurement -> measurement.metric().equals(metric))
                .collect(Collectors.toMap(
                        measurement -> measurement.circuit().achievedEdges(),
                        Measurement::estimate,
                        (one, other) -> other,
                        TreeMap::new));
        if (bySize.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> sizes = List.copyOf(bySize.keySet());
        return Optional.of(Estimate.of(List.copyOf(bySize.values()), values -> {
            Map<Integer, Double> curve = new HashMap<>();
            for (int size = 0; size < values.length; size++) {
                curve.put(sizes.get(size), values[size]);
            }
            return AreaUnderCurve.of(curve, axes).orElse(Double.NaN);
        }));
    }

    private static Row row(String metric, CurveAxes axes, Estimate area) {
        Interval interval = area.interval();
        return RowFactory.create(
                metric,
                axes.logX(),
                axes.logY(),
                axes.logY() ? axes.yMin() : null,
                area.value(),
                Known.orNull(interval.low()),
                Known.orNull(interval.high()));
    }
}
