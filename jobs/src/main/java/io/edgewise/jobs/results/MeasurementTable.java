package io.edgewise.jobs.results;

import io.edgewise.ablation.AblationType;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.Measurement;
import io.edgewise.circuit.PatchType;
import io.edgewise.graph.LiveEdges;
import io.edgewise.score.PruneScores;
import io.edgewise.uncertainty.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The table {@code measurements/}: one row per circuit and metric. {@code live_edges} counts the circuit's edges that lie on a path, within it, from
 * the start of the model to its end. {@code low} and {@code high} are the ends of the value's 95% interval
 * over the choice of prompts, null where it is unknown.
 */
public final class MeasurementTable {
    private static final StructType SCHEMA = new StructType()
            .add("patch_type", DataTypes.StringType, false)
            .add("ablation_type", DataTypes.StringType, false)
            .add("requested_edges", DataTypes.IntegerType, false)
            .add("achieved_edges", DataTypes.IntegerType, false)
            .add("live_edges", DataTypes.IntegerType, false)
            .add("metric", DataTypes.StringType, false)
            .add("value", DataTypes.DoubleType, false)
            .add("low", DataTypes.DoubleType)
            .add("high", DataTypes.DoubleType)
            .add("n_prompts", DataTypes.LongType, false);

    private MeasurementTable() {}

    public static Dataset<Row> of(
            SparkSession spark,
            PruneScores scores,
            List<Measurement> measurements,
            PatchType patchType,
            AblationType ablationType) {
        Map<Circuit, Integer> known = new HashMap<>();
        List<Row> rows = measurements.stream()
                .map(measurement -> row(
                        measurement,
                        known.computeIfAbsent(measurement.circuit(), circuit -> live(scores, circuit)),
                        patchType,
                        ablationType))
                .toList();
        return spark.createDataFrame(rows, SCHEMA).coalesce(1);
    }

    private static int live(PruneScores scores, Circuit circuit) {
        return LiveEdges.of(scores.graph(), circuit.places(scores)).edges().cardinality();
    }

    private static Row row(Measurement measurement, int liveEdges, PatchType patchType, AblationType ablationType) {
        Interval interval = measurement.estimate().interval();
        return RowFactory.create(
                patchType.name(),
                ablationType.name(),
                measurement.circuit().requestedEdges(),
                measurement.circuit().achievedEdges(),
                liveEdges,
                measurement.metric(),
                measurement.value(),
                Known.orNull(interval.low()),
                Known.orNull(interval.high()),
                measurement.prompts());
    }
}
