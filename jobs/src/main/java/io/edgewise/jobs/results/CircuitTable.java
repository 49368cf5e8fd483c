package io.edgewise.jobs.results;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.Members;
import io.edgewise.score.RankedScores;
import io.edgewise.score.Ranking;
import io.edgewise.spark.sql.BitIsSet;
import java.util.BitSet;
import java.util.List;
import org.apache.spark.sql.Column;
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
            .add("threshold", DataTypes.DoubleType)
            .add("ranks", DataTypes.BinaryType);

    private CircuitTable() {}

    public static Dataset<Row> of(SparkSession spark, RankedScores scores, List<Circuit> circuits) {
        int[] ranking = scores.ranking();
        List<Row> sizes =
                circuits.stream().map(circuit -> size(circuit, ranking)).toList();
        return ScoreTable.of(spark, scores)
                .join(broadcast(spark.createDataFrame(sizes, SIZES)), isMember())
                .drop("threshold", "ranks");
    }

    private static Row size(Circuit circuit, int[] ranking) {
        return RowFactory.create(
                circuit.ranking().name(),
                circuit.requestedEdges(),
                circuit.achievedEdges(),
                circuit.members() instanceof Members.AtLeast least ? least.threshold() : null,
                circuit.members() instanceof Members.Places listed ? ranks(listed.places(), ranking) : null);
    }

    /** The ranks of places, which the rows of scores have. */
    private static byte[] ranks(BitSet places, int[] ranking) {
        BitSet ranks = new BitSet();
        for (int rank = 0; rank < ranking.length; rank++) {
            ranks.set(rank + 1, places.get(ranking[rank]));
        }
        return ranks.toByteArray();
    }

    private static Column isMember() {
        Column strength = when(col("ranking").equalTo(Ranking.SIGNED.name()), col("score"))
                .otherwise(abs(col("score")));
        Column isListed = udf(new BitIsSet(), DataTypes.BooleanType).apply(col("ranks"), col("rank"));
        return when(col("ranks").isNull(), strength.geq(col("threshold"))).otherwise(isListed);
    }
}
