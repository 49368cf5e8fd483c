package io.edgewise.jobs.results;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.edgewise.circuit.Circuit;
import io.edgewise.score.RankedScores;
import io.edgewise.score.Ranking;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table {@code circuits/}: one row per edge of each circuit, or per node or neuron, with how it was ranked, joined on the executors. */
public final class CircuitTable {
    private static final StructType SIZES = new StructType()
            .add("ranking", DataTypes.StringType, false)
            .add("requested_edges", DataTypes.IntegerType, false)
            .add("achieved_edges", DataTypes.IntegerType, false)
            .add("threshold", DataTypes.DoubleType, false);

    private CircuitTable() {}

    public static Dataset<Row> of(SparkSession spark, RankedScores scores, List<Circuit> circuits) {
        List<Row> sizes = circuits.stream()
                .map(circuit -> RowFactory.create(
                        circuit.ranking().name(),
                        circuit.requestedEdges(),
                        circuit.achievedEdges(),
                        circuit.threshold()))
                .toList();
        return ScoreTable.of(spark, scores)
                .join(
                        broadcast(spark.createDataFrame(sizes, SIZES)),
                        when(col("ranking").equalTo(Ranking.SIGNED.name()), col("score"))
                                .otherwise(abs(col("score")))
                                .geq(col("threshold")))
                .drop("threshold");
    }
}
