package io.edgewise.jobs.results;

import io.edgewise.score.ScoredSample;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The table {@code inclusion/}: for each size of a circuit, and each edge that is in the circuit of that size in at least one replicate,
 * the share of replicates in which it is.
 */
public final class InclusionTable {
    private static final StructType SCHEMA = new StructType()
            .add("requested_edges", DataTypes.IntegerType, false)
            .add("source", DataTypes.StringType, false)
            .add("destination", DataTypes.StringType, false)
            .add("position", DataTypes.IntegerType)
            .add("share", DataTypes.DoubleType, false);

    private InclusionTable() {}

    public static Dataset<Row> of(SparkSession spark, ScoredSample sample) {
        List<Integer> sizes = sample.sizes();
        double[][] shares = sample.inclusion();
        EdgeRows.Columns columns = (size, place, edge) -> EdgeRows.columns(
                sizes.get(size), edge.source().name(), edge.destination().name(), edge.position(), shares[size][place]);
        return EdgeRows.of(spark, sample.scores().graph(), sizes.size(), SCHEMA, columns)
                .filter("share > 0");
    }
}
