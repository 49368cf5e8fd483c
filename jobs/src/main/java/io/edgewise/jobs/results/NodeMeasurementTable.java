package io.edgewise.jobs.results;

import io.edgewise.ablation.AblationType;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.CircuitSize;
import io.edgewise.circuit.Measurement;
import io.edgewise.circuit.PatchType;
import io.edgewise.graph.Level;
import io.edgewise.score.NodeScores;
import io.edgewise.uncertainty.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code measurements/} of circuits of nodes or neurons: as {@link MeasurementTable}, with sizes in nodes or neurons, and what they
 * are in edges ({@link CircuitSize}).
 */
public final class NodeMeasurementTable {
    private NodeMeasurementTable() {}

    public static Dataset<Row> of(
            SparkSession spark,
            NodeScores scores,
            List<Measurement> measurements,
            PatchType patchType,
            AblationType ablationType) {
        Map<Circuit, CircuitSize> sizes = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (Measurement measurement : measurements) {
            CircuitSize size = sizes.computeIfAbsent(measurement.circuit(), circuit -> CircuitSize.of(scores, circuit));
            Interval interval = measurement.estimate().interval();
            List<@Nullable Object> row = new ArrayList<>(List.of(
                    patchType.name(),
                    ablationType.name(),
                    measurement.circuit().requestedEdges(),
                    measurement.circuit().achievedEdges()));
            if (scores.level() == Level.NEURON) {
                row.addAll(List.of(size.nodes(), size.edges(), size.weightedEdges()));
            } else {
                row.add(size.edges());
            }
            row.addAll(Arrays.<@Nullable Object>asList(
                    measurement.metric(),
                    measurement.value(),
                    Known.orNull(interval.low()),
                    Known.orNull(interval.high()),
                    measurement.prompts()));
            rows.add(RowFactory.create(row.toArray()));
        }
        return spark.createDataFrame(rows, schema(scores.level())).coalesce(1);
    }

    private static StructType schema(Level level) {
        StructType schema = new StructType()
                .add("patch_type", DataTypes.StringType, false)
                .add("ablation_type", DataTypes.StringType, false)
                .add("requested_" + level.words(), DataTypes.IntegerType, false)
                .add("achieved_" + level.words(), DataTypes.IntegerType, false);
        schema = level == Level.NEURON
                ? schema.add("achieved_nodes", DataTypes.IntegerType, false)
                        .add("achieved_edges", DataTypes.IntegerType, false)
                        .add("weighted_edges", DataTypes.DoubleType, false)
                : schema.add("achieved_edges", DataTypes.IntegerType, false);
        return schema.add("metric", DataTypes.StringType, false)
                .add("value", DataTypes.DoubleType, false)
                .add("low", DataTypes.DoubleType)
                .add("high", DataTypes.DoubleType)
                .add("n_prompts", DataTypes.LongType, false);
    }
}
